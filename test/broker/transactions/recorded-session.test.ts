import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FindCoordinator } from '../../../src/protocol/messages/find-coordinator.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { createTopic } from '../data-path.ts';
import { TOPIC, TransactionSession } from './transaction-session.ts';
import { playTransactionSteps } from './transaction-steps.ts';

// Recorded by test/kafka/tools/record-transaction-session.ts from Apache Kafka 4.3.1.
const RECORDED = new URL('../../kafka/transaction-session.txt', import.meta.url);

/**
 * Here Kafka gives the current epoch to a fenced producer of version 2, as it takes its EndTxn for a repeated one though
 * the transaction was ended by a producer of version 1. ktool goes by the version and answers PRODUCER_FENCED.
 */
const SAFER = /^committedV1Later: EndTxn v5 (commit|abort) earlier epoch /;

test('transactions get the answers that Apache Kafka gives, and are in the same state then', async () => {
  const broker = await startTestBroker({ overrides: new Map([['offsets.topic.num.partitions', '1']]) });
  const topicId = createTopic(broker, TOPIC, 3);
  const client = await connect(broker);
  await client.request(FindCoordinator, 4, { coordinatorKeys: ['any'], keyType: 0 });
  const session = new TransactionSession(client, topicId);
  await playTransactionSteps(session);
  const recorded = readFileSync(RECORDED, 'utf8').trimEnd().split('\n');
  const differing = session.lines
    .map((line, i) => (line === recorded[i] ? [] : [line, recorded[i]!]))
    .filter(([line]) => line);
  expect(differing.filter(([line]) => !SAFER.test(line!))).toEqual([]);
  const safer = differing.map(([line]) => line!.includes('{"answer":{"throttleTimeMs":0,"errorCode":90,'));
  expect(safer).toEqual([true, true]);
  expect(session.lines).toHaveLength(recorded.length);
});
