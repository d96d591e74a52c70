// Every API that is served. To serve one more, add a line here; dispatch routes by this list and ApiVersions reads from it.
import { apiVersionsHandler } from './api-versions.ts';
import type { Handler } from './define.ts';
import { deleteRecordsHandler } from './delete-records.ts';
import { describeLogDirsHandler } from './describe-log-dirs.ts';
import { fetchHandler } from './fetch.ts';
import { initProducerIdHandler } from './init-producer-id.ts';
import { listOffsetsHandler } from './list-offsets.ts';
import { offsetForLeaderEpochHandler } from './offset-for-leader-epoch.ts';
import { produceHandler } from './produce.ts';

const handlers: readonly Handler[] = [
  apiVersionsHandler,
  deleteRecordsHandler,
  describeLogDirsHandler,
  fetchHandler,
  initProducerIdHandler,
  listOffsetsHandler,
  offsetForLeaderEpochHandler,
  produceHandler,
];

/** The handlers by API key. */
export const handlersByKey: ReadonlyMap<number, Handler> = new Map(
  handlers.map((handler) => [handler.api.key, handler]),
);
