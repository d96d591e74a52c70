import type { TransactionsOptions } from './transactions.ts';

interface Partition {
  readonly topic: string;
  readonly partition: number;
}

/** What a command line of kafka-transactions asks for. */
export type TransactionsAction =
  | {
      readonly command: 'list';
      readonly filter: { readonly durationMs: number | undefined; readonly pattern: string | undefined };
    }
  | { readonly command: 'describe' | 'forceTerminateTransaction'; readonly id: string }
  | { readonly command: 'describe-producers'; readonly partition: Partition; readonly brokerId: number | undefined }
  | {
      readonly command: 'abort';
      readonly transaction: Partition &
        (
          | { readonly startOffset: number }
          | { readonly producerId: number; readonly producerEpoch: number; readonly coordinatorEpoch: number }
        );
    }
  | {
      readonly command: 'find-hanging';
      readonly search: {
        readonly brokerId: number | undefined;
        readonly topic: string | undefined;
        readonly partition: number | undefined;
        readonly maxTransactionTimeoutMs: number;
      };
    };

/** Checks as the commands of TransactionsCommand do. @throws Error with the message that ends the script */
export function checkTransactions(options: TransactionsOptions): TransactionsAction {
  const partition = () => ({ topic: options.value('topic')!, partition: options.value('partition')! });
  switch (options.commands[0]) {
    case 'list': {
      const filter = {
        durationMs: options.value('duration-filter'),
        pattern: options.value('transactional-id-pattern'),
      };
      return { command: 'list', filter };
    }
    case 'describe':
      return { command: 'describe', id: options.value('transactional-id')! };
    case 'describe-producers':
      return { command: 'describe-producers', partition: partition(), brokerId: options.value('broker-id') };
    case 'abort':
      return { command: 'abort', transaction: { ...partition(), ...transactionOf(options) } };
    case 'find-hanging':
      return { command: 'find-hanging', search: searchOf(options) };
    default:
      return { command: 'forceTerminateTransaction', id: options.value('transactionalId')! };
  }
}

function transactionOf(options: TransactionsOptions) {
  const startOffset = options.value('start-offset');
  if (startOffset !== undefined) return { startOffset };
  const producerId = options.value('producer-id');
  const producerEpoch = options.value('producer-epoch');
  const coordinatorEpoch = options.value('coordinator-epoch');
  if (producerId === undefined)
    throw new Error(
      'The transaction to abort must be identified either with --start-offset (for brokers on 3.0 or above) or with --producer-id, --producer-epoch, and --coordinator-epoch (for older brokers)',
    );
  if (producerEpoch === undefined) throw new Error('Missing required argument --producer-epoch');
  if (coordinatorEpoch === undefined) throw new Error('Missing required argument --coordinator-epoch');
  return { producerId, producerEpoch, coordinatorEpoch };
}

const MINUTE_MS = 60_000;

function searchOf(options: TransactionsOptions) {
  const topic = options.value('topic');
  const brokerId = options.value('broker-id');
  const partition = options.value('partition');
  if (topic === undefined && brokerId === undefined)
    throw new Error(
      'The `find-hanging` command requires either --topic or --broker-id to limit the scope of the search',
    );
  if (partition !== undefined && topic === undefined)
    throw new Error('The --partition argument requires --topic to be provided');
  return { brokerId, topic, partition, maxTransactionTimeoutMs: options.value('max-transaction-timeout')! * MINUTE_MS };
}
