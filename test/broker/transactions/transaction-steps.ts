// Every request that a producer can send, in every state that a transaction can be in, with the right and with wrong ids
// and epochs. Played against Apache Kafka once (transaction-session.txt) and against ktool in recorded-session.test.ts.
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { type Producer, TIMEOUT_MS, type TransactionSession } from './transaction-session.ts';

type Session = TransactionSession;

/** How a producer gets into a state. */
const STATES: Record<string, (session: Session, id: string) => Promise<Producer>> = {
  unknown: async (_, transactionalId) => ({ transactionalId, producerId: 999_999, producerEpoch: 3 }),
  empty: async (session, id) => {
    // Twice, so that there is an earlier epoch.
    await session.init(id);
    return session.init(id);
  },
  ongoingV1: async (session, id) => {
    const producer = await session.init(id);
    await session.addPartitions(producer, [0]);
    return producer;
  },
  writtenV1: async (session, id) => {
    const producer = await session.init(id);
    await session.addPartitions(producer, [0]);
    await session.produce(producer, 0, 9);
    return producer;
  },
  committedV1: async (session, id) => {
    const producer = await STATES.writtenV1!(session, id);
    await session.end(producer, true, 4);
    return producer;
  },
  abortedV1: async (session, id) => {
    const producer = await STATES.writtenV1!(session, id);
    await session.end(producer, false, 4);
    return producer;
  },
  committedV1Later: async (session, id) => {
    await session.init(id);
    return STATES.committedV1!(session, id);
  },
  writtenV2: async (session, id) => {
    const producer = await session.init(id);
    await session.produce(producer, 0, 12);
    return producer;
  },
  committedV2: async (session, id) => {
    const producer = await STATES.writtenV2!(session, id);
    await session.end(producer, true, 5);
    return producer;
  },
  committedV2Later: async (session, id) => {
    await session.init(id);
    return STATES.committedV2!(session, id);
  },
  abortedV2: async (session, id) => {
    const producer = await STATES.writtenV2!(session, id);
    await session.end(producer, false, 5);
    return producer;
  },
  takenOver: async (session, id) => {
    const producer = await STATES.writtenV1!(session, id);
    await session.request(InitProducerId, 5, { transactionalId: id, transactionTimeoutMs: TIMEOUT_MS });
    await session.settle(id);
    return producer;
  },
};

type Request = (session: Session, producer: Producer) => Promise<unknown>;

const EPOCHS = { '': 0, ' earlier epoch': -1, ' later epoch': 1 };

const end = (committed: boolean, version: number): Request => {
  return (session, producer) => session.request(EndTxn, version, { ...producer, committed });
};

const init = (version: number, expects: boolean): Request => {
  return (session, { transactionalId, ...producer }) =>
    session.request(InitProducerId, version, {
      transactionalId,
      transactionTimeoutMs: TIMEOUT_MS,
      ...(expects && producer),
    });
};

/** Sent with the producer's own epoch, the one before, and the one after it. */
const REQUESTS: Record<string, Request> = {
  'AddPartitionsToTxn v1': (session, producer) => session.addPartitions(producer, [0, 1], 1),
  'AddPartitionsToTxn v3': (session, producer) => session.addPartitions(producer, [0], 3),
  'AddPartitionsToTxn v3 unknown partition': (session, producer) => session.addPartitions(producer, [0, 9], 3),
  'AddOffsetsToTxn v1': (session, producer) => session.addOffsets(producer, 1),
  'AddOffsetsToTxn v3': (session, producer) => session.addOffsets(producer, 3),
  'EndTxn v1 commit': end(true, 1),
  'EndTxn v1 abort': end(false, 1),
  'EndTxn v4 commit': end(true, 4),
  'EndTxn v4 abort': end(false, 4),
  'EndTxn v5 commit': end(true, 5),
  'EndTxn v5 abort': end(false, 5),
  'InitProducerId v2': init(2, false),
  'InitProducerId v3': init(3, true),
  'InitProducerId v5': init(5, true),
  'Produce v9 other partition': (session, producer) => session.produce(producer, 2, 9),
  'Produce v11 other partition': (session, producer) => session.produce(producer, 2, 11),
  'Produce v12 other partition': (session, producer) => session.produce(producer, 2, 12),
  'Produce v9 same partition': (session, producer) => session.produce(producer, 0, 9, 1),
  'Produce v12 same partition': (session, producer) => session.produce(producer, 0, 12, 0),
  'TxnOffsetCommit v1': (session, producer) => session.commitOffsets(producer, 1),
  'TxnOffsetCommit v3': (session, producer) => session.commitOffsets(producer, 3),
  'TxnOffsetCommit v4': (session, producer) => session.commitOffsets(producer, 4),
  'TxnOffsetCommit v5': (session, producer) => session.commitOffsets(producer, 5),
  'TxnOffsetCommit v5 of a member': (session, producer) =>
    session.commitOffsets(producer, 5, { generationId: 4, memberId: 'm' }),
};

export async function playTransactionSteps(session: Session): Promise<void> {
  let cases = 0;
  for (const [state, reach] of Object.entries(STATES)) {
    for (const [request, send] of Object.entries(REQUESTS)) {
      for (const [which, change] of Object.entries(EPOCHS)) {
        const producer = await reach(session, `case-${++cases}`);
        const epoch = producer.producerEpoch + change;
        if (epoch < 0) continue;
        const answer = await send(session, { ...producer, producerEpoch: epoch });
        await session.note(`${state}: ${request}${which}`, producer.transactionalId, answer, [producer.producerId]);
      }
      const producer = await reach(session, `case-${++cases}`);
      const answer = await send(session, { ...producer, producerId: 888_888 });
      await session.note(`${state}: ${request} other id`, producer.transactionalId, answer, [producer.producerId]);
    }
  }
}
