// `acls explain` for each rule that can decide, and its own mistakes.
import { beforeEach, expect, test } from 'vitest';
import command from '../../../src/commands/acls.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';

const AUTHORIZER = new Map([
  ['authorizer.class.name', 'org.apache.kafka.metadata.authorizer.StandardAuthorizer'],
  ['super.users', 'User:ANONYMOUS'],
]);

let broker: Awaited<ReturnType<typeof startTestBroker>>;

beforeEach(async () => {
  broker = await startTestBroker({ overrides: AUTHORIZER });
});

async function run(words: string) {
  const { stdout, stderr, output } = capture();
  const argv = [...words.split(' '), '--bootstrap-server', broker.address];
  const status = await command.execute(argv, { env: {}, output });
  return { stdout: stdout.text, stderr: stderr.text, status };
}

const ALICE = 'explain --principal User:alice --operation';
const NO_PERMISSION = 'No entry permits it, and there are entries on the resource.';
const ADD = '--add --allow-principal';

// What is added, what is asked, the verdict, and the line that says why.
const RULES: readonly (readonly [
  rule: string,
  adds: readonly string[],
  asked: string,
  verdict: string,
  why: RegExp,
])[] = [
  [
    'a permission',
    [`${ADD} User:alice --operation Read --topic t`],
    'Read --topic t',
    'Allowed',
    /^By .*operation=READ/m,
  ],
  ['all operations', [`${ADD} User:alice --topic t`], 'Delete --topic t', 'Allowed', /^By .*operation=ALL/m],
  ['everybody', [`${ADD} User:* --operation Read --topic t`], 'Read --topic t', 'Allowed', /^By .*principal=User:\*/m],
  [
    'any topic',
    [`${ADD} User:alice --operation Read --topic *`],
    'Read --topic t',
    'Allowed',
    /^By .*name=\*, patternType=LITERAL/m,
  ],
  [
    'a prefix',
    [`${ADD} User:alice --operation Read --topic or --resource-pattern-type prefixed`],
    'Read --topic orders',
    'Allowed',
    /^By .*name=or, patternType=PREFIXED/m,
  ],
  [
    'who writes may look',
    [`${ADD} User:alice --operation Write --topic t`],
    'Describe --topic t',
    'Allowed',
    /^By .*operation=WRITE/m,
  ],
  [
    'who deletes may look',
    [`${ADD} User:alice --operation Delete --group g`],
    'Describe --group g',
    'Allowed',
    /^By .*operation=DELETE/m,
  ],
  [
    'who changes settings may see them',
    [`${ADD} User:alice --operation AlterConfigs --cluster`],
    'DescribeConfigs --cluster',
    'Allowed',
    /^By .*operation=ALTER_CONFIGS/m,
  ],
  [
    'from a host',
    [`${ADD} User:alice --allow-host 10.0.0.1 --operation Read --topic t`],
    'Read --topic t --host 10.0.0.1',
    'Allowed',
    /^By .*host=10\.0\.0\.1/m,
  ],
  [
    'a denial',
    [`${ADD} User:alice --operation Read --topic t`, '--add --deny-principal User:alice --operation Read --topic t'],
    'Read --topic t',
    'Denied',
    /^By .*permissionType=DENY\)\): a denial wins over every permission$/m,
  ],
  [
    'a denial of everybody by prefix',
    [`${ADD} User:alice --topic t`, '--add --deny-principal User:* --topic t --resource-pattern-type prefixed'],
    'Read --topic t',
    'Denied',
    /^By .*patternType=PREFIXED.*a denial wins/m,
  ],
  [
    'a denial covers only what it names',
    [`${ADD} User:alice --topic t`, '--add --deny-principal User:alice --operation Read --topic t'],
    'Describe --topic t',
    'Allowed',
    /operation=READ, permissionType=DENY\)\) is about another operation$/m,
  ],
  [
    'another principal',
    [`${ADD} User:bob --operation Read --topic t`],
    'Read --topic t',
    'Denied',
    /is about another principal$/m,
  ],
  [
    'another operation',
    [`${ADD} User:alice --operation Read --topic t`],
    'Write --topic t',
    'Denied',
    /is about another operation$/m,
  ],
  [
    'another host',
    [`${ADD} User:alice --allow-host 10.0.0.1 --operation Read --topic t`],
    'Read --topic t --host 10.0.0.2',
    'Denied',
    /is about host 10\.0\.0\.1 only$/m,
  ],
  ['entries, but no permission', [`${ADD} User:bob --topic t`], 'Read --topic t', 'Denied', new RegExp(NO_PERMISSION)],
  [
    'no entries',
    [`${ADD} User:alice --topic other`],
    'Read --topic t',
    'Up to the broker',
    /No entry is on the resource\.\n.*allow\.everyone\.if\.no\.acl\.found/,
  ],
  [
    'several that apply',
    [`${ADD} User:alice --topic t`, `${ADD} User:* --topic t`],
    'Read --topic t',
    'Allowed',
    /applies too$/m,
  ],
];

test.each(RULES)('%s', async (_, adds, asked, verdict, why) => {
  for (const add of adds) expect(await run(add)).toMatchObject({ status: 0 });
  const { stdout, status } = await run(`${ALICE} ${asked}`);
  expect([status, stdout.split(':')[0]]).toEqual([0, verdict]);
  expect(stdout).toMatch(why);
  expect(stdout).toContain('super.users');
  const { allowed } = JSON.parse((await run(`${ALICE} ${asked} --json`)).stdout) as { allowed: boolean | null };
  expect(allowed).toBe({ Allowed: true, Denied: false }[verdict] ?? null);
});

test('what is said of each kind of resource', async () => {
  const first = async (asked: string) => (await run(`${ALICE} ${asked}`)).stdout.split('\n')[0];
  expect(await first('Write --transactional-id x')).toBe('Up to the broker: User:alice, WRITE on transactional id x');
  expect(await first('Read --group g --host 10.0.0.1')).toBe(
    'Up to the broker: User:alice from 10.0.0.1, READ on group g',
  );
  expect(await first('Alter --cluster')).toBe('Up to the broker: User:alice, ALTER on the cluster');
  expect(await first('Describe --delegation-token d')).toBe(
    'Up to the broker: User:alice, DESCRIBE on delegation token d',
  );
  expect(await first('CreateTokens --user-principal User:bob')).toBe(
    'Up to the broker: User:alice, CREATE_TOKENS on user User:bob',
  );
});

test.each([
  ['explain --principal User:alice --operation Read --topic a --topic b', 'explain is about one resource'],
  ['explain --principal User:alice --topic a', 'explain needs one --operation'],
  ['explain --principal User:alice --operation Read --operation Write --topic a', 'explain needs one --operation'],
  [
    'explain --principal User:alice --operation Alter --group g',
    'ResourceType GROUP only supports operations [ALL, ALTER_CONFIGS, DELETE, DESCRIBE, DESCRIBE_CONFIGS, READ]',
  ],
  ['explain --operation Read --topic a', 'explain needs one --principal'],
  ['explain --principal User:a --principal User:b --operation Read --topic a', 'explain needs one --principal'],
  [
    'explain --principal User:a --operation Read',
    'You must provide at least one resource: --topic <topic> or --cluster or --group <group> or --delegation-token <Delegation Token ID>',
  ],
  [
    'explain --principal User:a --operation Read --topic t --producer',
    'Option "[explain]" can\'t be used with option "[producer]"',
  ],
  ['--list --host 10.0.0.1', '--host goes with explain only'],
])('%s: %s', async (words, message) => {
  const { stdout, stderr, status } = await run(words);
  expect(`${stdout}${stderr}`).toContain(message);
  expect(status).toBe(1);
});
