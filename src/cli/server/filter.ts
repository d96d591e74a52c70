import { resolve } from 'node:path';
import type { ParsedOptions } from '../options/parsed.ts';
import type { serverStatus } from './options.ts';
import type { BrokerFilter } from './running-brokers.ts';

/** Which brokers the options of `server stop` and `server status` mean. */
export function filterOf(options: ParsedOptions<typeof serverStatus.options>): BrokerFilter {
  const dataDir = options.value('data-dir');
  return {
    port: options.value('port'),
    nodeId: options.value('node-id'),
    dataDir: dataDir === undefined ? undefined : resolve(dataDir),
  };
}
