// FindCoordinator (v0-6). From v4 on several keys at once (KIP-699). There is one broker, so every group's coordinator is
// here; `__consumer_offsets` is created on first use, before the answer, where Kafka has the client ask again.
// Transactions and share groups are not served: their keys are answered UNSUPPORTED_VERSION, which clients do not retry.
import { ErrorCode, errorInfo } from '../../protocol/errors.ts';
import { FindCoordinator } from '../../protocol/messages/find-coordinator.ts';
import { defineHandler, type RequestContext } from './define.ts';

// FindCoordinatorRequest.CoordinatorType
const GROUP = 0;
const TRANSACTION = 1;

const NO_NODE = { nodeId: -1, host: '', port: -1 };

interface Failure {
  readonly errorCode: number;
  readonly errorMessage: string;
}

export const findCoordinatorHandler = defineHandler(FindCoordinator, (request, context) => {
  const failure = failureOf(request.keyType);
  if (context.apiVersion >= 4) {
    const answer = failure ? { ...NO_NODE, ...failure } : { ...here(context), ...SUCCESS_OF_KEY };
    return { coordinators: request.coordinatorKeys.map((key) => ({ key, ...answer })) };
  }
  return failure ? { ...NO_NODE, ...failure } : { ...here(context), ...SUCCESS };
});

const SUCCESS = { errorCode: ErrorCode.NONE, errorMessage: 'NONE' };
const SUCCESS_OF_KEY = { errorCode: ErrorCode.NONE, errorMessage: '' };

function failureOf(keyType: number): Failure | undefined {
  if (keyType === GROUP) return undefined;
  if (keyType === TRANSACTION) {
    return { errorCode: ErrorCode.UNSUPPORTED_VERSION, errorMessage: 'This broker does not serve transactions.' };
  }
  return { errorCode: ErrorCode.INVALID_REQUEST, errorMessage: errorInfo(ErrorCode.INVALID_REQUEST).text };
}

function here({ services, connection }: RequestContext): { nodeId: number; host: string; port: number } {
  services.groups.prepare();
  const { host, port } = services.endpointFor(connection);
  return { nodeId: services.nodeId, host, port };
}
