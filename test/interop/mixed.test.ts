// Longer mixed runs of three families of clients: every codec they have, headers, records of 1.5 MB, a group that a third
// member joins, transactions with offsets; and in the middle of an idempotent producer's work the broker is killed (-9) and
// started again. Each program (programs/) prints `restart` when that is due, goes on sending until it is told on stdin that
// the broker is back, and prints in the end what was sent, lies in the log, was read in the group, and was committed.
// KTOOL_PYTHON names a Python that has `kafka-python` and `confluent-kafka`; what is missing is skipped, by name.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { User } from '../helpers/program.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const imports = (module: string) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0;

const FAMILIES: [string, string, string, boolean][] = [
  ['confluent-kafka', python, 'mixed_confluent.py', imports('confluent_kafka')],
  ['kafka-python', python, 'mixed_kafka_python.py', imports('kafka')],
  ['kafkajs', process.execPath, 'mixed_kafkajs.js', true],
];
for (const [name, , , there] of FAMILIES) if (!there) console.warn(`skipped: ${name} is not on this machine`);

const EVEN = ['0', '2', '4', '6', '8'];

describe.each(FAMILIES)('%s', (_, command, file, there) => {
  it.skipIf(!there)('loses and doubles nothing', async () => {
    const user = new User();
    const serve = (port: number) => user.start(['server', 'start', '--port', String(port), '--json']);
    let broker = serve(0);
    const { port } = JSON.parse(await broker.line());
    const path = fileURLToPath(new URL(`./programs/${file}`, import.meta.url));
    const child = spawn(command, [path, `127.0.0.1:${port}`], { stdio: ['pipe', 'pipe', 'pipe'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    const lines: string[] = [];
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk));
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line !== 'restart') continue;
      broker.child.kill('SIGKILL');
      await broker.ended;
      broker = serve(port);
      await broker.line();
      child.stdin.write('back\n');
    }
    expect(lines, errors.slice(-3000)).toHaveLength(2);
    const { sent, committed, ...report } = JSON.parse(lines[1]!);
    const transactions = Object.fromEntries(EVEN.map((value) => [value, 20]));
    expect(sent).toBeGreaterThan(1000);
    expect(report).toEqual({ read: sent, distinct: sent, grouped: sent, failed: [], wrong: [], transactions });
    expect(committed).toBe(9);
  });
});
