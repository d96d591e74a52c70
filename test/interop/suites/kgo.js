// franz-go's tests of pkg/kgo: producing, groups of both protocols, transactions with every balancer; with 20000 records
// instead of 500000.
import { join } from 'node:path';
import { goModule } from './cache.js';
import { buildTests, runAll } from './go-tests.js';
import { has } from './process.js';

export const kgo = {
  name: 'franz-go',
  version: 'github.com/twmb/franz-go v1.22.2, pkg/kgo',
  whyNot: () => (has('go', 'version') ? undefined : 'no go on the path'),
  async run(start) {
    const folder = join(await goModule('github.com/twmb/franz-go', 'v1.22.2'), 'pkg/kgo');
    const program = await buildTests(folder, 'kgo');
    const broker = await start();
    try {
      const env = { KGO_SEEDS: broker.address, KGO_TEST_RF: '1', KGO_TEST_RECORDS: '20000' };
      return await runAll(program, '.', { cwd: folder, env, timeout: 560_000 });
    } finally {
      await broker.stop();
    }
  },
};
