import { CLASS, type ConfigDefinition, INT, key, LOW } from '../definition.ts';
import { atLeast } from '../validators.ts';

/** Quotas (QuotaConfig). */
// biome-ignore format: a table, one line per key
export const QUOTAS: readonly ConfigDefinition[] = [
  key('quota.window.num', INT, '11', LOW, 'Samples kept to measure client rates.', atLeast(1)),
  key('replication.quota.window.num', INT, '11', LOW, 'Samples kept to measure replication rates.', atLeast(1)),
  key('alter.log.dirs.replication.quota.window.num', INT, '11', LOW, 'Samples kept to measure the rate of moves between data directories.', atLeast(1)),
  key('controller.quota.window.num', INT, '11', LOW, 'Samples kept to measure the rate of controller changes.', atLeast(1)),
  key('quota.window.size.seconds', INT, '1', LOW, 'Length of one sample of client rates.', atLeast(1)),
  key('replication.quota.window.size.seconds', INT, '1', LOW, 'Length of one sample of replication rates.', atLeast(1)),
  key('alter.log.dirs.replication.quota.window.size.seconds', INT, '1', LOW, 'Length of one sample of the rate of moves between data directories.', atLeast(1)),
  key('controller.quota.window.size.seconds', INT, '1', LOW, 'Length of one sample of the rate of controller changes.', atLeast(1)),
  key('client.quota.callback.class', CLASS, null, LOW, 'Class that decides the quotas of clients.'),
];
