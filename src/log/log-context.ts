import { FilePool } from './file-pool.ts';
import { IndexCache } from './index-cache.ts';
import { IndexWriter } from './index-writer.ts';
import type { LogManagerOptions } from './log-manager-options.ts';
import type { LogManagerSettings } from './log-manager-settings.ts';
import type { LogContext } from './log-state.ts';
import { ReadBuffers } from './read-buffers.ts';
import { TailBudget } from './tail-cache.ts';

/** What the logs of a log manager share: open files, memory, and ways to tell it something. */
export function logContext(
  { files, clock, logger }: LogManagerOptions,
  settings: LogManagerSettings,
  told: Pick<LogContext, 'later' | 'logStartChanged' | 'failed'>,
): LogContext {
  return {
    ...told,
    pool: new FilePool(files, settings.maxOpenFiles),
    indexes: new IndexCache(settings.indexBytes),
    indexWriter: new IndexWriter(() => clock.monotonicMs(), told.later),
    tails: new TailBudget(settings.tailBytes, settings.tailBytesPerPartition),
    readBuffers: new ReadBuffers(),
    clock,
    logger,
  };
}
