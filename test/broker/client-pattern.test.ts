// Regular expressions of clients are matched for a second, not for minutes.
import { expect, test } from 'vitest';
import { clientPattern, patternError } from '../../src/broker/client-pattern.ts';
import { ErrorCode } from '../../src/protocol/errors.ts';
import { ConsumerGroupHeartbeat } from '../../src/protocol/messages/consumer-group-heartbeat.ts';
import { InitProducerId } from '../../src/protocol/messages/init-producer-id.ts';
import { ListTransactions } from '../../src/protocol/messages/list-transactions.ts';
import { ManualClock } from '../../src/util/clock.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';
import { createTopic } from './data-path.ts';

/** On which each look takes as long as it is told. */
class SlowClock extends ManualClock {
  lookMs = 0;
  #passedMs = 0;

  override monotonicMs(): number {
    this.#passedMs += this.lookMs;
    return super.monotonicMs() + this.#passedMs;
  }
}

test('whole names match', () => {
  const matches = clientPattern('a.*|b', new ManualClock());
  expect(['a', 'ab', 'b', 'bc', 'xa'].filter(matches)).toEqual(['a', 'ab', 'b']);
  expect(patternError('(a')).toBe('missing closing )');
  expect(patternError('(a|b)*')).toBe(undefined);
});

// Programs of billions of steps, or as many to build.
test.each(['((a{100}){100}){100}', 'a{1001}', '('.repeat(16_000) + ')'.repeat(16_000)])('%s is none', (regex) => {
  expect(patternError(regex)).not.toBe(undefined);
});

test('one that takes too long is refused, and others are served on', async () => {
  const clock = new SlowClock();
  const broker = await startTestBroker({ clock });
  for (let at = 0; at < 5; at++) createTopic(broker, `topic-${at}`);
  const client = await connect(broker);
  for (const transactionalId of ['a', 'b', 'c', 'd', 'e'])
    await client.request(InitProducerId, 4, { transactionalId, transactionTimeoutMs: 10_000 });
  const join = (memberId: string) =>
    client.request(ConsumerGroupHeartbeat, 1, {
      ...{ groupId: 'g', memberId, memberEpoch: 0, rebalanceTimeoutMs: 10_000, topicPartitions: [] },
      subscribedTopicRegex: 'topic-.*',
    });
  const list = () =>
    client.request(ListTransactions, 2, { stateFilters: [], producerIdFilters: [], transactionalIdPattern: '[a-c]' });

  clock.lookMs = 300;
  const refused = await join('AAAAAAAAAAAAAAAAAAAAAQ');
  expect(refused.errorCode).toBe(ErrorCode.INVALID_REGULAR_EXPRESSION);
  expect(refused.errorMessage).toMatch(/takes more than 1000 ms to match/);
  expect(await list()).toMatchObject({ errorCode: ErrorCode.INVALID_REGULAR_EXPRESSION, transactionStates: [] });
  clock.lookMs = 0;
  expect((await join('AAAAAAAAAAAAAAAAAAAAAg')).assignment?.topicPartitions).toHaveLength(5);
  expect((await list()).transactionStates).toHaveLength(3);
});
