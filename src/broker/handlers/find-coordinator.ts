// FindCoordinator (v0-6). From v4 on several keys at once (KIP-699). There is one broker, so every group's coordinator is
// here; `__consumer_offsets` is created on first use, before the answer, where Kafka has the client ask again.
// Transactions and share groups are not served: their keys are answered UNSUPPORTED_VERSION, which clients do not retry.
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
  const failure = failureOf(request.keyType) ?? prepare(context);
  const isBatched = context.apiVersion >= BATCHED_VERSION;
  const success = { ...here(context), errorCode: ErrorCode.NONE, errorMessage: isBatched ? '' : 'NONE' };
  const answer = failure ? { ...NO_NODE, ...failure } : success;
  return isBatched ? { coordinators: request.coordinatorKeys.map((key) => ({ key, ...answer })) } : answer;
});

function failureOf(keyType: number): Failure | undefined {
  if (keyType === GROUP) return undefined;
  if (keyType === TRANSACTION) {
    return { errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage: 'This broker does not serve transactions.' };
  }
  return failureWith(ErrorCode.INVALID_REQUEST);
}

/** Makes sure that there is a place for groups. */
function prepare({ services }: RequestContext): Failure | undefined {
  try {
    services.groups.prepare();
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
