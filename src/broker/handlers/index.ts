// Every API that is served. To serve one more, add a line here; dispatch routes by this list and ApiVersions reads from it.
import { apiVersionsHandler } from './api-versions.ts';
import type { Handler } from './define.ts';

const handlers: readonly Handler[] = [apiVersionsHandler];

/** The handlers by API key. */
export const handlersByKey: ReadonlyMap<number, Handler> = new Map(
  handlers.map((handler) => [handler.api.key, handler]),
);
