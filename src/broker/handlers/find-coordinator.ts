// FindCoordinator (v0-6). From v1 on transactional ids too, from v4 on several keys at once (KIP-699). There is one broker,
// so every coordinator is here; `__consumer_offsets` and `__transaction_state` are created on first use, before the
// answer, where Kafka has the client ask again. Share groups are not served: INVALID_REQUEST, which clients do not retry.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { FindCoordinator } from '../../protocol/messages/find-coordinator.ts';
import { defineHandler, type RequestContext } from './define.ts';
import { errorCodeOf } from './group-errors.ts';

// FindCoordinatorRequest.CoordinatorType
const GROUP = 0;
const TRANSACTION = 1;

/** From this version on several keys are asked for, and each is answered. */
const BATCHED_VERSION = 4;

const NO_NODE = { nodeId: -1, host: '', port: -1 };

interface Failure {
  readonly errorCode: number;
  readonly errorMessage: string;
}

export const findCoordinatorHandler = defineHandler(FindCoordinator, (request, context) => {
  const failure = prepare(request.keyType, context);
  const isBatched = context.apiVersion >= BATCHED_VERSION;
  const success = { ...here(context), errorCode: ErrorCode.NONE, errorMessage: isBatched ? '' : 'NONE' };
  const answer = failure ? { ...NO_NODE, ...failure } : success;
  return isBatched ? { coordinators: request.coordinatorKeys.map((key) => ({ key, ...answer })) } : answer;
});

/** Makes sure that there is a place for groups or transactions. */
function prepare(keyType: number, { services }: RequestContext): Failure | undefined {
  if (keyType !== GROUP && keyType !== TRANSACTION) return failureWith(ErrorCode.INVALID_REQUEST);
  try {
    if (keyType === GROUP) services.groups.prepare();
    else services.transactions.prepare();
    return undefined;
  } catch (error) {
    return failureWith(errorCodeOf(error));
  }
}

function failureWith(errorCode: number): Failure {
  return { errorCode, errorMessage: errorInfo(errorCode).text };
}

function here({ services, connection }: RequestContext): { nodeId: number; host: string; port: number } {
  const { host, port } = services.endpointFor(connection);
  return { nodeId: services.nodeId, host, port };
}
