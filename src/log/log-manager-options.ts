// What a log manager is given to work with.
import type { Clock } from '../util/clock.ts';
import type { Logger } from '../util/logger.ts';
import type { CleanerSettings } from './cleaner/log-cleaner.ts';
import type { Files } from './files.ts';
import type { LogConfig } from './log-config.ts';
import type { LogManagerSettings } from './log-manager-settings.ts';

export interface LogManagerOptions {
  files: Files;
  /** `log.dirs`, at least one. The first also has the metadata log. */
  dirs: readonly string[];
  clock: Clock;
  logger: Logger;
  nodeId: number;
  /** The cluster that the directories must belong to. Default: the one they say; for new ones one is made. */
  clusterId?: string;
  /** Topic configuration, asked when a log is opened or made, and by LogManager.updateConfigs. */
  configFor(topic: string): LogConfig;
  settings?: Partial<LogManagerSettings>;
  /** Asked before each compaction, as they may change. Kafka's defaults if absent. */
  cleanerSettings?: () => CleanerSettings;
  /** Of copies to another log directory, asked each time; no limit if absent. */
  moveBytesPerSecond?: () => number;
  /** Told once that the broker cannot go on: every log directory has failed, or that of the metadata. */
  onFatal?: (message: string) => void;
}
