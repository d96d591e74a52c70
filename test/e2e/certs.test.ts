// `ktool certs create`, and what it prints typed as it stands; and a broker that is not to be open to everybody.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { program, User } from '../helpers/program.ts';

async function createCerts(user: User, ...argv: string[]): Promise<string> {
  const { status, stdout, stderr } = await user.run(['certs', 'create', 'certs', ...argv]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}

/** A broker with the settings that were made, on a free port. */
async function startBroker(user: User, ...more: string[]): Promise<{ server: string }> {
  const port = await freePort();
  const argv = ['server', 'start', 'certs/server.properties', '--ephemeral', '--port', String(port), '--json'];
  await user.start([...argv, ...more]).line();
  return { server: `localhost:${port}` };
}

describe('ktool certs create', () => {
  test('the broker that uses them says what clients need, and --port is what they are told', async () => {
    const user = new User();
    await createCerts(user);
    const port = await freePort();
    const broker = user.start(['server', 'start', 'certs/server.properties', '--ephemeral', '--port', String(port)]);
    const lines: string[] = [];
    while (!lines.at(-1)?.includes('security.protocol=')) lines.push(await broker.line());
    expect(lines).toContain(`  Address   localhost:${port}`);
    const settings = `--bootstrap-server localhost:${port} --command-config client.properties`;
    expect(lines).toContain(`  Next      node ${program} topics ${settings} --create --topic orders`);
    expect(lines.at(-1)).toContain('security.protocol=SSL');
  });

  test('makes files for their owner, and prints settings and commands that work', async () => {
    const user = new User();
    const printed = await createCerts(user, '--client', 'alice');
    const folder = join(user.home, 'certs');
    if (process.platform !== 'win32')
      for (const name of readdirSync(folder))
        expect([name, statSync(join(folder, name)).mode & 0o777]).toEqual([name, 0o600]);
    for (const name of ['server.properties', 'alice.properties'])
      for (const line of readFileSync(join(folder, name), 'utf8').trim().split('\n'))
        expect(printed).toContain(`  ${line}\n`);
    expect(printed).toContain(`node ${program} server start `);
    const { server } = await startBroker(user);
    const topics = ['topics', '--bootstrap-server', server];
    const config = ['--command-config', 'certs/alice.properties'];
    expect(await user.run([...topics, ...config, '--create', '--topic', 'orders'])).toMatchObject({ status: 0 });
    const list = await user.run([...topics, ...config, '--list']);
    expect(list.stdout).toBe('orders\n');
    const without = await user.run([...topics, '--list']);
    expect([without.status, without.stdout]).toEqual([1, expect.stringContaining('security.protocol=SSL')]);
  });

  test('a second call keeps the CA: who was let in still is, and so is who is new', async () => {
    const user = new User();
    await createCerts(user, '--client', 'alice');
    const { server } = await startBroker(user);
    const printed = await createCerts(user, '--client', 'bob');
    expect(printed).toContain('signed by the CA that was there');
    for (const name of ['alice', 'bob']) {
      const argv = ['topics', '--bootstrap-server', server, '--command-config', `certs/${name}.properties`, '--list'];
      expect(await user.run(argv)).toEqual({ status: 0, stdout: '\n', stderr: '' });
    }
  });

  test('the PKCS12 files hold the same', async () => {
    const user = new User();
    await createCerts(user);
    const password = readFileSync(join(user.home, 'certs', 'store-password.txt'), 'utf8').trim();
    const { server } = await startBroker(
      user,
      ...['--override', 'ssl.keystore.type=PKCS12', '--override', 'ssl.keystore.location=certs/broker.p12'],
      ...['--override', `ssl.keystore.password=${password}`, '--override', 'ssl.truststore.type=PKCS12'],
      ...['--override', 'ssl.truststore.location=certs/truststore.p12'],
      ...['--override', `ssl.truststore.password=${password}`],
    );
    const argv = ['topics', '--bootstrap-server', server, '--command-config', 'certs/client.properties', '--list'];
    expect(await user.run(argv)).toEqual({ status: 0, stdout: '\n', stderr: '' });
  });

  test.each([
    [['--client', 'a/b'], /--client a\/b: a name is letters/],
    [['--client', 'broker'], /none of broker/],
    [['--days', '0'], /--days 0 is not between 1 and/],
    [['--host', 'a b'], /--host a b is neither a name nor an address/],
  ])('refuses %j', async (argv, message) => {
    const { status, stderr } = await new User().run(['certs', 'create', 'certs', ...argv]);
    expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
  });
});

describe('a broker that other machines reach and that asks nobody who they are', () => {
  const EVERYWHERE = ['server', 'start', '--host', '0.0.0.0', '--port', '0', '--ephemeral', '--json'];

  test('does not start, and says what to type', async () => {
    const { status, stdout, stderr } = await new User().run(EVERYWHERE, { KTOOL_INSECURE: '' });
    expect([status, `${JSON.parse(stdout).error}\n`]).toEqual([1, stderr]);
    expect(stderr).toMatch(
      /PLAINTEXT on 0\.0\.0\.0:0 asks nobody who they are\.\n.*--host 127\.0\.0\.1\n.*certs create.*\n.*--insecure/,
    );
  });

  test.each<[string, string[], NodeJS.ProcessEnv]>([
    ['--insecure', ['--insecure'], {}],
    ['KTOOL_INSECURE', [], { KTOOL_INSECURE: '1' }],
    ["the name of Kafka's script", [], { KTOOL_SCRIPT: 'kafka-server-start.sh' }],
  ])('starts with %s, and says so in red', async (_, argv, env) => {
    const broker = new User().start([...EVERYWHERE, ...argv], { ...env, FORCE_COLOR: '1' });
    expect(JSON.parse(await broker.line()).port).toBeGreaterThan(0);
    broker.child.kill('SIGTERM');
    const { stderr } = await broker.ended;
    expect(stderr.startsWith('\u001b[31mINSECURE: Whoever reaches this machine may do everything')).toBe(true);
  });

  test('starts without a word where clients need a certificate', async () => {
    const user = new User();
    await createCerts(user, '--host', 'kafka.example');
    const broker = user.start(['server', 'start', 'certs/server.properties', '--port', '0', '--ephemeral', '--json']);
    expect(JSON.parse(await broker.line()).address).toMatch(/^kafka\.example:/);
    broker.child.kill('SIGTERM');
    expect((await broker.ended).stderr).toBe('');
  });
});

test.runIf(process.platform !== 'win32')('what the broker keeps is for its owner', async () => {
  const user = new User();
  await user.start(['server', 'start', '--port', '0', '--json']).line();
  const data = join(user.home, 'ktool', 'data');
  const paths = readdirSync(data, { recursive: true, encoding: 'utf8' }).map((name) => join(data, name));
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) expect([path, statSync(path).mode & 0o077]).toEqual([path, 0]);
});
