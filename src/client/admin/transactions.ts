import { ErrorCode, errorInfo, KafkaError } from '../../protocol/errors.ts';
import { DescribeTransactions } from '../../protocol/messages/describe-transactions.ts';
import { InitProducerId } from '../../protocol/messages/init-producer-id.ts';
import { ListTransactions } from '../../protocol/messages/list-transactions.ts';
import type { Broker } from '../broker-link.ts';
import type { Cluster } from '../cluster.ts';
import { AnswerError, TimeoutError } from '../errors.ts';
import { askCoordinator } from './coordinators.ts';
import { HANDLERS, handlerError } from './handler-log.ts';
import type { CallOptions, TransactionDescription, TransactionFilter, TransactionListing } from './types.ts';

/** TransactionState.parse: what a later broker may say is not known. */
const STATES: ReadonlySet<string> = new Set([
  'Ongoing',
  'PrepareAbort',
  'PrepareCommit',
  'CompleteAbort',
  'CompleteCommit',
  'Empty',
  'PrepareEpochFence',
]);
const knownState = (state: string): string => (STATES.has(state) ? state : 'Unknown');

/** @see Admin.listTransactions */
export async function listTransactions(
  cluster: Cluster,
  filter: TransactionFilter = {},
  { timeoutMs }: CallOptions = {},
): Promise<TransactionListing[]> {
  await brokersOf(cluster, timeoutMs);
  const ofBrokers = cluster.metadata.nodes.map(({ id }) =>
    cluster.call(
      'listTransactions(api=LIST_TRANSACTIONS)',
      { broker: id },
      (broker) => listOnBroker(cluster, broker, filter),
      timeoutMs,
    ),
  );
  return (await Promise.all(ofBrokers)).flat();
}

async function brokersOf(cluster: Cluster, timeoutMs: number | undefined): Promise<void> {
  try {
    await cluster.metadata.refresh([], false, timeoutMs);
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error;
    throw new TimeoutError('Timed out waiting for a node assignment. Call: listTransactions(api=METADATA)', error);
  }
}

async function listOnBroker(
  cluster: Cluster,
  broker: Broker,
  filter: TransactionFilter,
): Promise<TransactionListing[]> {
  const { id } = broker.node;
  const { durationMs = -1, pattern = null, producerIds = [] } = filter;
  const version = broker.versions.best(ListTransactions);
  if (durationMs >= 0 && version < 1) throw tooOld('Duration filter', 1, ' or set duration filter to -1');
  if (pattern && version < 2) throw tooOld('Transactional ID pattern filter', 2, '');
  const request = {
    stateFilters: [],
    producerIdFilters: [...producerIds],
    durationFilter: durationMs,
    transactionalIdPattern: pattern,
  };
  const response = await broker.send(ListTransactions, request);
  refuseListing(cluster, id, response.errorCode);
  return response.transactionStates.map(({ transactionalId, producerId, transactionState }) => ({
    transactionalId,
    coordinatorId: id,
    producerId,
    state: knownState(transactionState),
  }));
}

/** ListTransactionsHandler.handleResponse. */
function refuseListing(cluster: Cluster, broker: number, code: number): void {
  if (code === ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) throw new KafkaError(code);
  const failed = `ListTransactions request sent to broker ${broker} failed`;
  if (code === ErrorCode.COORDINATOR_NOT_AVAILABLE)
    throw new AnswerError(code, `${failed} because the coordinator is shutting down`);
  if (code === ErrorCode.NONE) return;
  const sent = `The \`ListTransactions\` request sent to broker ${broker}`;
  const text = `${sent} failed because of an unexpected error ${errorInfo(code).name}`;
  handlerError(cluster, 'ListTransactionsHandler', text);
  throw new AnswerError(code, `${failed} with an unexpected exception`);
}

function tooOld(what: string, version: number, orElse: string): KafkaError {
  const option = what === 'Duration filter' ? 'duration filter' : 'the pattern filter';
  const message = `${what} can be set only when using API version ${version} or higher. If client is connected to an older broker, do not specify ${option}${orElse}.`;
  return new KafkaError(ErrorCode.UNSUPPORTED_VERSION, message);
}

/** @see Admin.describeTransaction */
export function describeTransaction(
  cluster: Cluster,
  transactionalId: string,
  { timeoutMs }: CallOptions = {},
): Promise<TransactionDescription> {
  return askCoordinator(
    cluster,
    HANDLERS.describeTransaction,
    { transactionalId },
    async (broker) => {
      const { transactionStates } = await broker.send(DescribeTransactions, { transactionalIds: [transactionalId] });
      const state = transactionStates[0]!;
      const request = `DescribeTransactions request for transactionalId \`${transactionalId}\` failed`;
      check(state.errorCode, `${request} due to unexpected error`, {
        [ErrorCode.TRANSACTIONAL_ID_NOT_FOUND]: `${request} because the ID could not be found`,
        [ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED]: `${request} due to authorization failure`,
      });
      return {
        coordinatorId: broker.node.id,
        transactionalId,
        producerId: state.producerId,
        producerEpoch: state.producerEpoch,
        state: knownState(state.transactionState),
        timeoutMs: state.transactionTimeoutMs,
        startTimeMs: state.transactionStartTimeMs < 0 ? undefined : state.transactionStartTimeMs,
        partitions: state.topics.flatMap(({ topic, partitions }) =>
          partitions.map((partition) => ({ topic, partition })),
        ),
      };
    },
    timeoutMs,
  );
}

/** @see Admin.terminateTransaction */
export function terminateTransaction(
  cluster: Cluster,
  transactionalId: string,
  { timeoutMs }: CallOptions = {},
): Promise<void> {
  const transactionTimeoutMs = timeoutMs ?? cluster.settings.requestTimeoutMs;
  const request = { transactionalId, transactionTimeoutMs, producerId: -1, producerEpoch: -1 };
  return askCoordinator(
    cluster,
    HANDLERS.fenceProducer,
    { transactionalId },
    async (broker) => {
      const { errorCode } = await broker.send(InitProducerId, request);
      const failed = `InitProducerId request for transactionalId \`${transactionalId}\` failed`;
      check(errorCode, `${failed} due to unexpected error`, {
        [ErrorCode.CLUSTER_AUTHORIZATION_FAILED]: `${failed} due to cluster authorization failure`,
        [ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED]: `${failed} due to transactional ID authorization failure`,
      });
    },
    timeoutMs,
  );
}

/** Throws an answer's error with the words of Kafka's client. */
function check(code: number, message: string, messages: Readonly<Record<number, string>> = {}): void {
  if (code !== ErrorCode.NONE) throw new KafkaError(code, messages[code] ?? message);
}
