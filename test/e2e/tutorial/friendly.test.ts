// What goes wrong for readers on every Kafka, and what they are told here. All of it is on standard error: what scripts read,
// and how they end, stays Kafka's.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { User } from '../../helpers/program.ts';
import { Reader } from '../../helpers/reader.ts';

const START = 'bin/kafka-server-start.sh config/server.properties';

/** A broker that serves, stopped after the test. */
async function serving(reader: Reader, line = START): Promise<void> {
  await reader.start(line).says('Kafka Server started');
}

test('what to type next is in the words of the folder', async () => {
  const reader = await Reader.open();
  const broker = reader.start(START);
  await broker.says('console-consumer');
  broker.child.kill('SIGTERM');
  const { stdout } = await broker.ended;
  const at = `--bootstrap-server ${reader.bootstrap}`;
  expect(stdout).toContain('  Stop      Ctrl-C, or: bin/kafka-server-stop.sh\n');
  expect(stdout).toContain(`  Next      bin/kafka-topics.sh ${at} --create --topic orders\n`);
  expect(stdout).toContain(`            bin/kafka-console-producer.sh ${at} --topic orders\n`);
});

test('the way into a folder with a blank in its name can be typed as it is printed', async () => {
  const { stdout } = await new User().run(['dist', 'init', "my kafka's"]);
  expect(stdout).toMatch(/^ {2}cd '\/.*\/my kafka'\\''s'$/m);
});

test('a port that is taken: who has it, and how to stop that', async () => {
  const reader = await Reader.open();
  const broker = reader.start(START);
  await broker.says('Kafka Server started');
  const taken = await reader.run(`${START} --override log.dirs=other`);
  const own = `${reader.bootstrap}: Address already in use.`;
  expect(taken).toMatchObject({ status: 1, stdout: '' });
  expect(taken.stderr).toContain(own);
  expect(taken.stderr).toContain(`A broker of yours (process ${broker.child.pid}) listens there; to stop it: `);
  expect(taken.stderr).toContain('to stop it: bin/kafka-server-stop.sh\n');

  const stranger = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void stranger.close());
  await once(stranger, 'listening');
  const { port } = stranger.address() as { port: number };
  const override = `--override listeners=PLAINTEXT://127.0.0.1:${port} --override log.dirs=third`;
  const { stderr } = await reader.run(`${START} ${override}`);
  expect(stderr).toContain(`127.0.0.1:${port}: Address already in use. Stop the program that listens there`);
  expect(stderr).not.toContain('broker of yours');
});

test('a rule of access as cheat sheets print it: no address, and no authorizer', async () => {
  const reader = await Reader.open();
  await serving(reader);
  const add = 'kafka-acls.sh --add --allow-principal User:data-engineer --operation Write --topic orders';
  const line = `env KTOOL_BOOTSTRAP_SERVER=localhost:9092 ${add}`;
  const refused = await reader.run(line);
  expect(refused).toMatchObject({ status: 1, stdout: expect.stringContaining('No Authorizer is configured') });
  expect(refused.stderr).toContain(`No --bootstrap-server is given: ${reader.bootstrap} it is.\n`);
  expect(refused.stderr).toContain('authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer');
  expect(refused.stderr).toContain('super.users=User:ANONYMOUS');
  // Under its own name ktool says nothing of what it is meant for.
  const own = await reader.user.run(['topics', '--list'], { KTOOL_BOOTSTRAP_SERVER: reader.bootstrap });
  expect(own.stderr).toBe('');
});

test('what that advice leads to works', async () => {
  const reader = await Reader.open();
  const authorizer = 'authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer';
  reader.edit('server.properties', (text) => `${text}\n${authorizer}\nsuper.users=User:ANONYMOUS\n`);
  await serving(reader);
  const acls = 'kafka-acls.sh --bootstrap-server localhost:9092';
  const rule = '--allow-principal User:data-engineer --operation Write --topic orders';
  expect(await reader.run(`${acls} --add ${rule}`)).toMatchObject({ status: 0 });
  expect((await reader.run(`${acls} --list`)).stdout).toContain('principal=User:data-engineer');
});

test('a group that is not there: where the names of groups are', async () => {
  const reader = await Reader.open();
  await serving(reader);
  const described = await reader.run(
    'kafka-consumer-groups --bootstrap-server localhost:9092 --describe --group nobody',
  );
  expect(described.stdout).toContain('Group nobody not found.');
  expect(described.stderr).toBe('To see the groups there are: --list\n');
});

test('settings that are not there: which file was looked for', async () => {
  const reader = await Reader.open();
  const list = 'kafka-topics.sh --bootstrap-server localhost:9092 --list --command-config';
  expect((await reader.run(`${list} client.properties`)).stderr).toBe(
    `client.properties\nThere is no file ${join(reader.home, 'client.properties')}.\n`,
  );
  expect((await reader.run(`${list} config`)).stderr).toContain(`${join(reader.home, 'config')} is a directory.\n`);
  const add = ['context', 'add', 'prod', '--bootstrap-server', 'a:1', '--command-config', 'prod.properties'];
  expect(await reader.user.run(add)).toEqual({
    status: 1,
    stdout: '',
    stderr: `There is no file ${join(reader.user.home, 'prod.properties')}.\n`,
  });
});

test('deletion that is switched off: where', async () => {
  const reader = await Reader.open();
  await serving(reader, `${START} --override delete.topic.enable=false`);
  const at = '--bootstrap-server localhost:9092 --topic a';
  await reader.run(`kafka-topics.sh --create ${at}`);
  const refused = await reader.run(`kafka-topics.sh --delete ${at}`);
  expect(refused).toMatchObject({ status: 1, stdout: expect.stringContaining('Topic deletion is disabled.') });
  expect(refused.stderr).toContain('delete.topic.enable=false');
});

test('a mistake leads to the help of the script that was typed', async () => {
  const reader = await Reader.open();
  const { stderr } = await reader.run('kafka-topics.sh --create');
  expect(stderr).toContain('See: kafka-topics.sh --help\n');
  const { stdout } = await reader.run('kafka-topics.sh --help');
  expect(stdout).toContain('  kafka-topics.sh [options]\n');
  expect(stdout).not.toContain('ktool topics');
});

test('a home that cannot be written to does not keep the broker from starting, nor the scripts from finding it', async () => {
  const reader = await Reader.open();
  const homeless = `env -u XDG_DATA_HOME HOME=/dev/null TMPDIR='${reader.user.home}'`;
  const zookeeper = reader.start(`${homeless} bin/zookeeper-server-start.sh config/zookeeper.properties`);
  await zookeeper.says('No ZooKeeper is needed');
  const broker = reader.start(`${homeless} ${START}`);
  await broker.says('Kafka Server started');
  expect(await reader.run(`${homeless} bin/kafka-server-stop.sh`)).toMatchObject({ status: 0 });
  expect(await broker.ended).toMatchObject({ status: 143 });
  expect(await reader.run(`${homeless} bin/zookeeper-server-stop.sh`)).toMatchObject({ status: 0 });
  expect(await zookeeper.ended).toMatchObject({ status: 143 });
});

test('a folder that cannot be written to is named, with what to choose instead', async () => {
  const reader = await Reader.open();
  const log = await reader.run(`env LOG_DIR=/dev/null/logs ${START.replace('.sh', '.sh -daemon')}`);
  expect(log).toMatchObject({ status: 1, stdout: '' });
  expect(log.stderr).toMatch(/^Cannot write the log \/dev\/null\/logs\/kafkaServer\.out: ENOTDIR.*LOG_DIR.*\n$/);
  const data = await new User().run(['server', 'start', '--port', '0'], { XDG_DATA_HOME: '/dev/null' });
  expect(data).toMatchObject({ status: 1, stdout: '' });
  expect(data.stderr).toMatch(/\/dev\/null.*--data-dir/);
});

test('CDPATH does not lead the scripts astray', async () => {
  const reader = await Reader.open();
  const { status, stdout } = await reader.run(
    `env CDPATH='${join(reader.home, 'config')}:.' bin/kafka-topics.sh --version`,
  );
  expect([status, stdout]).toEqual([0, '4.3.1\n']);
});
