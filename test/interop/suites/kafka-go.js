// segmentio/kafka-go's tests. They name their broker, localhost:9092, which the copy is told to find elsewhere.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { goModule } from './cache.js';
import { buildTests, runEach } from './go-tests.js';
import { has } from './process.js';

export const kafkaGo = {
  name: 'kafka-go',
  version: 'github.com/segmentio/kafka-go v0.4.51',
  whyNot: () => (has('go', 'version') ? undefined : 'no go on the path'),
  async run(start) {
    const folder = await goModule('github.com/segmentio/kafka-go', 'v0.4.51');
    const broker = await start({ properties: { 'group.initial.rebalance.delay.ms': 0 } });
    try {
      aim(folder, broker.port);
      const program = await buildTests(folder, 'kafka-go');
      const env = { KAFKA_VERSION: '4.3.1', KAFKA_SKIP_NETTEST: '1' };
      return await runEach(program, '^Test', { cwd: folder, env, timeout: 60_000, jobs: 3 });
    } finally {
      await broker.stop();
    }
  },
};

/** Points the tests at a port; what an earlier run wrote is pointed anew. address_test.go is about the default port itself. */
function aim(folder, port) {
  const marks = join(folder, '.port');
  const before = readdirSync(folder).includes('.port') ? readFileSync(marks, 'utf8') : '9092';
  for (const file of readdirSync(folder).filter((name) => name.endsWith('_test.go') && name !== 'address_test.go')) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8')
      .replace(new RegExp(`\\b${before}\\b`, 'g'), String(port))
      .replaceAll('TCP("localhost")', `TCP("localhost:${port}")`);
    writeFileSync(path, text);
  }
  writeFileSync(marks, String(port));
}
