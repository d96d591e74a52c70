// Requests about one group or transactional id, which its coordinator answers (AdminApiDriver with CoordinatorStrategy).
import type { KafkaError } from '../../protocol/errors.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster, Route } from '../cluster.ts';
import { AnswerError, isAnswer, PassingError } from '../errors.ts';
import { type Handler, handlerError } from './handler-log.ts';

/**
 * Asks the coordinator until it has an answer that stays.
 * @param run one request; throws the group's error
 * @throws AnswerError what the handler does not ask again for; it is logged where the handler does not expect it
 */
export function askCoordinator<T>(
  cluster: Cluster,
  handler: Handler,
  route: Exclude<Route, string | { readonly broker: number }>,
  run: (broker: Broker) => Promise<T>,
  timeoutMs?: number,
): Promise<T> {
  const id = 'group' in route ? route.group : route.transactionalId;
  const ask = async (broker: Broker) => {
    try {
      return await run(broker);
    } catch (error) {
      if (!isAnswer(error)) throw error;
      if (handler.retried.includes(error.code)) throw new PassingError(error.code, error.message);
      logUnexpected(cluster, handler, id, error);
      throw new AnswerError(error.code, error.message);
    }
  };
  return cluster.call(`${handler.call}(api=${handler.api})`, route, ask, timeoutMs);
}

function logUnexpected(cluster: Cluster, handler: Handler, id: string, { code, info }: KafkaError): void {
  const { name, request, expected, reasons, end = '' } = handler;
  if (request === undefined || expected.includes(code)) return;
  const reason = reasons?.[code] ?? `due to unexpected error ${info.name}${end}`;
  handlerError(cluster, name, `${request} request for group id ${id} failed ${reason}`);
}
