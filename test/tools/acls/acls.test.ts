// acls as kafka-acls.sh, on a broker; what it prints as Apache Kafka 4.3.1 does, entries in the order of the command line.
import { beforeEach, expect, test } from 'vitest';
import command from '../../../src/commands/acls.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';

const AUTHORIZER = new Map([
  ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
  ['super.users', 'User:ANONYMOUS'],
]);
const KAFKA = { KTOOL_COMPAT: 'kafka' };

let address: string;

async function run(words: string, env: NodeJS.ProcessEnv = KAFKA) {
  const { stdout, stderr, output } = capture();
  const argv = [...words.split(' '), '--bootstrap-server', address];
  const status = await command.execute(argv, { env, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

const resource = (type: string, name: string, pattern = 'LITERAL') =>
  `ResourcePattern(resourceType=${type}, name=${name}, patternType=${pattern})`;
const may = (principal: string, operation: string, host = '*', permission = 'ALLOW') =>
  `\t(principal=${principal}, host=${host}, operation=${operation}, permissionType=${permission})\n`;

beforeEach(async () => {
  address = (await startTestBroker({ overrides: AUTHORIZER })).address;
});

test('entries are added once, listed by resource and principal, and removed', async () => {
  const add = '--add --allow-principal User:alice --operation Read --operation DESCRIBECONFIGS --topic orders';
  const adding = `Adding ACLs for resource \`${resource('TOPIC', 'orders')}\`: \n `;
  const entries = `${may('User:alice', 'READ')}${may('User:alice', 'DESCRIBE_CONFIGS')}`;
  expect(await run(add)).toEqual({ stdout: `${adding}${entries}\n`, stderr: '', status: 0 });
  const binding = (operation: string) =>
    `(pattern=${resource('TOPIC', 'orders')}, entry=${may('User:alice', operation).trim()})`;
  const again = ['READ', 'DESCRIBE_CONFIGS'].map((each) => `Acl ${binding(each)} already exists.\n`).join('');
  expect((await run(add)).stdout).toBe(again);
  await run('--add --deny-principal User:mallory --deny-host 10.0.0.1 --topic ord --resource-pattern-type prefixed');
  const denied = `${may('User:mallory', 'ALL', '10.0.0.1', 'DENY')}`;
  const current = (type: string, name: string, pattern: string, text: string) =>
    `Current ACLs for resource \`${resource(type, name, pattern)}\`:\n${text}\n`;
  const orders = current('TOPIC', 'orders', 'LITERAL', entries);
  const prefixed = current('TOPIC', 'ord', 'PREFIXED', denied);
  expect((await run('--list')).stdout).toBe(`${orders}${prefixed}`);
  expect((await run('--list --topic orders')).stdout).toBe(orders);
  expect((await run('--list --topic orders --resource-pattern-type match')).stdout).toBe(`${orders}${prefixed}`);
  const byPrincipal = await run('--list --principal User:mallory --principal User:bob');
  expect(byPrincipal.stdout).toBe(`ACLs for principal \`User:mallory\`\n${prefixed}ACLs for principal \`User:bob\`\n`);
  expect(await run('--remove --allow-principal User:alice --operation Read --topic orders --force')).toEqual({
    ...{ stdout: '', stderr: '', status: 0 },
  });
  expect((await run('--list --topic orders')).stdout).toContain('DESCRIBE_CONFIGS');
  await run('--remove --topic orders --resource-pattern-type match --force');
  expect((await run('--list')).stdout).toBe('');
});

test('a producer and a consumer get what they need, the same topic once', async () => {
  const words =
    '--add --allow-principal User:a --producer --consumer --idempotent --topic t --group g --transactional-id x';
  await run(words);
  const listed = JSON.parse((await run('--list --json', {})).stdout) as Record<string, string>[];
  expect(listed.map((each) => `${each['resourceType']} ${each['resourceName']} ${each['operation']}`).sort()).toEqual([
    'CLUSTER kafka-cluster IDEMPOTENT_WRITE',
    'GROUP g READ',
    'TOPIC t CREATE',
    'TOPIC t DESCRIBE',
    'TOPIC t READ',
    'TOPIC t WRITE',
    'TRANSACTIONAL_ID x DESCRIBE',
    'TRANSACTIONAL_ID x WRITE',
  ]);
});

test.each([
  ['--topic t', 'Command must include exactly one action: --list, --add, --remove. '],
  [
    '--add --operation Read --topic t',
    'You must specify one of: --allow-principal, --deny-principal when trying to add ACLs.',
  ],
  [
    '--add --allow-principal User:a --topic t --resource-pattern-type match',
    "A '--resource-pattern-type' value of 'MATCH' is not valid when adding acls.",
  ],
  [
    '--add --allow-principal User:a --operation Write --group g',
    'ResourceType GROUP only supports operations [ALL, ALTER_CONFIGS, DELETE, DESCRIBE, DESCRIBE_CONFIGS, READ]',
  ],
  [
    '--add --allow-principal User:a --operation DESCRIBE_CONFIGS --topic t',
    'ResourceType TOPIC only supports operations [ALL, ALTER, ALTER_CONFIGS, CREATE, DELETE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE]',
  ],
  [
    '--add --allow-principal User:a --consumer --topic t',
    'With --consumer you must specify a --topic and a --group and no --cluster or --transactional-id option should be specified.',
  ],
  [
    '--add --allow-principal User:a --idempotent --cluster',
    'The --idempotent option is only available if --producer is set',
  ],
  ['--list --explain', 'explain is not a recognized option'],
])('%s is refused', async (words, message) => {
  const { stderr, status } = await run(words);
  expect([stderr.split('\n')[0], status]).toEqual([message, 1]);
});

test('what fails is said on standard output, with the exception under Kafka’s rules', async () => {
  const noColon = 'expected a string in format principalType:principalName but got alice';
  const wrong = await run('--add --allow-principal alice --operation Read --topic t');
  expect(wrong).toEqual({
    stdout: `Error while executing ACL command: ${noColon}\njava.lang.IllegalArgumentException: ${noColon}\n\n`,
    stderr: '',
    status: 1,
  });
  const sideways = await run('--list --topic t --resource-pattern-type sideways');
  expect(sideways.stdout).toContain(
    'Caused by: joptsimple.ValueConversionException: Value [sideways] is not one of [ANY|',
  );
  address = (await startTestBroker()).address;
  const text = 'org.apache.kafka.common.errors.SecurityDisabledException: No Authorizer is configured on the broker';
  expect((await run('--list')).stdout).toBe(
    `Error while executing ACL command: ${text}\njava.util.concurrent.ExecutionException: ${text}\nCaused by: ${text}\n\n`,
  );
  expect((await run('--list', {})).stdout).toBe(`Error while executing ACL command: ${text}\n`);
});

test('explain names the entry that decides and why the others do not', async () => {
  await run('--add --allow-principal User:alice --operation Write --topic ord --resource-pattern-type prefixed');
  await run('--add --deny-principal User:* --deny-host 10.0.0.1 --operation Read --topic orders');
  const own = {};
  const seen = await run('explain --principal User:alice --operation Describe --topic orders', own);
  expect(seen.stdout).toContain(
    'Allowed: User:alice, DESCRIBE on topic orders\nBy (pattern=ResourcePattern(resourceType=TOPIC, name=ord,',
  );
  expect(seen.stdout).toContain('is about host 10.0.0.1 only');
  expect(seen.stdout).toContain('super.users');
  const denied = await run(
    'explain --principal User:alice --operation Read --topic orders --host 10.0.0.1 --json',
    own,
  );
  const document = JSON.parse(denied.stdout);
  expect(document).toMatchObject({ allowed: false, decidedBy: { permissionType: 'DENY', principal: 'User:*' } });
  const open = await run('explain --principal User:bob --operation Read --topic nothing', own);
  expect(open.stdout).toContain('Up to the broker');
  expect((await run('explain --operation Read --topic t', own)).stderr).toContain('explain needs one --principal');
});
