import type { ParsedOptions } from '../parsed.ts';
import { argparseScript, type OptionsOf } from '../script.ts';
import { flag, int, long, short, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

/** Before the sub-command or behind it. */
const own = { json: general.json };
const topic = text('TOPIC', 'The topic', { required: true, suggest: 'topics' });
const partition = int('N', 'The partition', { required: true });
const OLD_BROKERS = 'For brokers older than 3.0';

export const transactions = argparseScript({
  name: 'transactions',
  kafkaName: 'kafka-transactions',
  prog: 'kafka-transactions.sh',
  about: 'Show transactions and their producers, find and end those that hang',
  helpExit: 1,
  examples: [
    { about: 'All transactional ids', command: 'transactions list' },
    { about: 'One of them', command: 'transactions describe --transactional-id payments' },
    { about: 'What blocks readers of committed records', command: 'transactions find-hanging --topic orders' },
    {
      about: 'End a transaction that hangs in a partition',
      command: 'transactions abort --topic orders --partition 0 --start-offset 42',
    },
    {
      about: 'End what is open under an id',
      command: 'transactions forceTerminateTransaction --transactionalId payments',
    },
  ],
  level: {
    about: 'Show transactions and their producers, find and end those that hang',
    options: {
      version: flag('Show the version of Kafka that ktool follows', { short: 'v' }),
      'command-config': commandConfig,
      'bootstrap-server': { ...bootstrapServer, required: true },
      ...own,
    },
    commands: {
      list: {
        about: 'List transactional ids',
        options: {
          ...own,
          'duration-filter': long('MS', 'Only transactions that are open for longer; all if negative'),
          'transactional-id-pattern': text('REGEX', 'Only ids that match as a whole'),
        },
      },
      describe: {
        about: 'Show the state of a transactional id',
        options: { ...own, 'transactional-id': text('ID', 'The transactional id', { required: true }) },
      },
      'describe-producers': {
        about: 'Show the producers that a partition knows',
        options: { ...own, 'broker-id': int('ID', 'Ask this replica, not the leader'), topic, partition },
      },
      abort: {
        about: 'End a transaction in one partition with an abort marker',
        options: {
          ...own,
          topic,
          partition,
          'start-offset': long('OFFSET', 'Offset of its first record'),
          'producer-id': long('ID', 'Its producer', { group: OLD_BROKERS }),
          'producer-epoch': short('EPOCH', "Its producer's epoch", { group: OLD_BROKERS }),
          'coordinator-epoch': int('EPOCH', "Its coordinator's epoch", { group: OLD_BROKERS }),
        },
      },
      'find-hanging': {
        about: 'Find transactions that are open in partitions and unknown to their coordinators',
        options: {
          ...own,
          'broker-id': int('ID', 'Search on this broker'),
          'max-transaction-timeout': int('MINUTES', 'Leave out transactions with a write since then', { default: 15 }),
          topic: text('TOPIC', 'Search this topic', { suggest: 'topics' }),
          partition: int('N', 'Search this partition of it'),
        },
      },
      forceTerminateTransaction: {
        about: 'Abort the transaction that is open under an id',
        options: { ...own, transactionalId: text('ID', 'The transactional id', { required: true }) },
      },
    },
  },
});

export type TransactionsOptions = ParsedOptions<OptionsOf<typeof transactions>>;
