// Metadata stores on real logs, for tests.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { MetadataStore } from '../../../src/broker/metadata/metadata-store.ts';
import { openMetadataStore } from '../../../src/broker/metadata/open-metadata-store.ts';
import type { SnapshotSettings } from '../../../src/broker/metadata/snapshots.ts';
import { type Files, nodeFiles } from '../../../src/log/files.ts';
import { DEFAULT_LOG_CONFIG } from '../../../src/log/log-config.ts';
import { LogManager } from '../../../src/log/log-manager.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { LogLines } from '../../helpers/log.ts';

const FIXTURE = fileURLToPath(new URL('./fixtures/kafka-4.3.1', import.meta.url));

export interface OpenedStore {
  readonly store: MetadataStore;
  readonly logs: LogManager;
  readonly logger: LogLines;
}

/** Opens the metadata of a node 1 in `dir`; closed when the test is over at the latest. */
export async function openStore(
  dir: string,
  options: {
    files?: Files;
    newLeaderEpochs?: boolean;
    given?: ReadonlyMap<string, string>;
    clock?: ManualClock;
    snapshots?: SnapshotSettings;
    segments?: { segmentBytes: number; segmentMs: number };
  } = {},
): Promise<OpenedStore> {
  const { files = nodeFiles, given = new Map(), clock = new ManualClock(), snapshots, segments } = options;
  const logger = new LogLines();
  let store: MetadataStore | undefined;
  const configFor = (topic: string) => store?.logConfig(topic) ?? DEFAULT_LOG_CONFIG;
  const logs = await LogManager.open({ files, dirs: [dir], clock, logger, nodeId: 1, configFor });
  onTestFinished(() => logs.close());
  store = await openMetadataStore({
    logs,
    files,
    clock,
    logger,
    given,
    ...(snapshots && { snapshots }),
    ...(segments && { segments }),
    newLeaderEpochs: options.newLeaderEpochs ?? false,
    broker: {
      nodeId: 1,
      rack: null,
      endPoints: [{ name: 'PLAINTEXT', host: '127.0.0.1', port: 9092, securityProtocol: 0 }],
      directoryIds: logs.directories.map(({ meta }) => meta.directoryId),
      controllerEndPoints: [],
      incarnationId: 'hmIRf3X_RyuhQDD9hpvjkw',
    },
  });
  return { store, logs, logger };
}

/** Puts the metadata that Kafka wrote (fixtures/kafka-4.3.1) into `dir`, those files whose names `keep` accepts. */
export function copyKafkaMetadata(dir: string, keep: (name: string) => boolean = () => true): string {
  const log = join(dir, '__cluster_metadata-0');
  mkdirSync(log, { recursive: true });
  cpSync(join(FIXTURE, 'meta.properties'), join(dir, 'meta.properties'));
  cpSync(FIXTURE, log, {
    recursive: true,
    filter: (source) =>
      source === FIXTURE || (/\.(log|checkpoint)$|^leader|partition\.metadata$/.test(source) && keep(source)),
  });
  return log;
}
