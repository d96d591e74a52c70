// Both brokers behind TLS, with the certificates of `ktool certs create`, and kcat as their client.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { hasKafka, ktool, startKafka, startKtool } from './brokers.js';
import { cpuSeconds, run } from './process.js';

/** Listeners on `port`: TLS there, plain on the next but one for the broker itself. */
function settings(port, folder, controller) {
  const listeners = [`SSL://127.0.0.1:${port}`, `PLAINTEXT://127.0.0.1:${port + 2}`];
  return {
    listeners: [...listeners, ...(controller ? [`CONTROLLER://127.0.0.1:${port + 1}`] : [])].join(','),
    'listener.security.protocol.map': 'SSL:SSL,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name': 'PLAINTEXT',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': join(folder, 'broker.pem'),
  };
}

/**
 * Notes what a producer and a consumer get through, and what it costs the broker.
 * @param dir of the whole run  @param input a file of lines: { path, size, count, bytes }
 */
export async function tls({ dir, input, alternate, note, createTopic }) {
  const folder = join(dir, 'certs');
  const [file, ...args] = ktool('certs', 'create', folder);
  execFileSync(file, args);
  const brokers = { ktool: await startKtool(join(dir, 'tls-ktool'), 19403, settings(19403, folder, false)) };
  if (hasKafka) brokers.kafka = await startKafka(join(dir, 'tls-kafka'), 19406, settings(19406, folder, true));
  const secure = ['-X', 'security.protocol=ssl', '-X', `ssl.ca.location=${join(folder, 'ca.pem')}`];
  let serial = 0;
  try {
    const result = await alternate(brokers, async (target) => {
      const topic = `s${serial++}`;
      const plain = `127.0.0.1:${Number(target.bootstrap.split(':')[1]) + 2}`;
      createTopic({ ...target, bootstrap: plain }, topic, 1);
      const at = ['-b', target.bootstrap, '-t', topic, ...secure];
      const before = cpuSeconds(target.pid);
      const more = ['-X', 'acks=all', '-X', 'queue.buffering.max.messages=1000000'];
      const produced = await run(['kcat', '-P', ...at, ...more, '-l', input.path]);
      const middle = cpuSeconds(target.pid);
      const consumed = await run(['kcat', '-C', ...at, '-o', 'beginning', '-e', '-q'], { stdout: '/dev/null' });
      return {
        produce: input.count / produced.wall / 1000,
        produceCpu: (middle - before) / (input.bytes / 1e9),
        consume: input.bytes / consumed.wall / 1e6,
        consumeCpu: (cpuSeconds(target.pid) - middle) / (input.bytes / 1e9),
      };
    });
    note(`TLS: produce, kcat ${input.size} B, acks=all`, 'krec/s', 'more', result.produce);
    note('  broker CPU', 's/GB', 'less', result.produceCpu);
    note(`TLS: consume, kcat ${input.size} B`, 'MB/s', 'more', result.consume);
    note('  broker CPU', 's/GB', 'less', result.consumeCpu);
  } finally {
    for (const { stop } of Object.values(brokers)) await stop();
  }
}
