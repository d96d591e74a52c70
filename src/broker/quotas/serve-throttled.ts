// Serving a request while there are quotas: measured, and followed by a wait if it was too much.
import { performance } from 'node:perf_hooks';
import { Produce } from '../../protocol/messages/produce.ts';
import { type Handler, NO_RESPONSE, type RequestContext } from '../handlers/define.ts';
import type { QuotaClient } from './quota-table.ts';

const USER = 'User:';

/** Whose quotas a request counts against. */
export function quotaClient({ connection, clientId }: Pick<RequestContext, 'connection' | 'clientId'>): QuotaClient {
  const { principal } = connection;
  return { user: principal.startsWith(USER) ? principal.slice(USER.length) : principal, clientId: clientId ?? '' };
}

/**
 * Calls the handler; its answer goes out at once, and says for how long nothing more of this connection is looked at
 * (KIP-219). A handler that counted something itself has said so in its answer already.
 */
export function serveThrottled(handler: Handler, request: unknown, context: RequestContext): unknown {
  const startedMs = performance.now();
  const response = handler.handle(request, context);
  const busyMs = performance.now() - startedMs;
  return response instanceof Promise
    ? response.then((answer: unknown) => throttled(handler, answer, context, busyMs))
    : throttled(handler, response, context, busyMs);
}

function throttled(handler: Handler, response: unknown, context: RequestContext, busyMs: number): unknown {
  const { quotas } = context.services;
  const client = quotaClient(context);
  const waits = [throttleTimeOf(response)];
  if (handler.api.key === Produce.key) waits.push(quotas.produced(client, context.requestBytes));
  if (response !== NO_RESPONSE) waits.push(quotas.served(client, busyMs));
  const throttleTimeMs = Math.max(...waits);
  if (throttleTimeMs === 0) return response;
  context.connection.mute(throttleTimeMs);
  return typeof response === 'object' ? { ...response, throttleTimeMs } : response;
}

function throttleTimeOf(response: unknown): number {
  if (typeof response !== 'object' || response === null || !('throttleTimeMs' in response)) return 0;
  return typeof response.throttleTimeMs === 'number' ? response.throttleTimeMs : 0;
}
