// ktool's broker gives Apache Kafka's answers to batches that are not what their header says: counted-steps.ts.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCodec } from '../../../src/protocol/records/compression.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { runAdminSession } from './admin-session.ts';
import { COUNTED_PREPARATION, countedSteps } from './counted-steps.ts';

test('batches recorded from Kafka 4.3.1 get the same answers from ktool', async () => {
  const recorded = readFileSync(new URL('../../kafka/counted-session.jsonl', import.meta.url), 'utf8').trimEnd();
  for (const codec of [1, 2, 3, 4]) await loadCodec(codec);
  const broker = await startTestBroker();
  await runAdminSession(COUNTED_PREPARATION, '127.0.0.1', broker.port);
  const answers = await runAdminSession(countedSteps(), '127.0.0.1', broker.port);
  for (const [i, line] of recorded.split('\n').entries()) {
    const { api, version, response } = answers[i]!;
    expect.soft({ api, version, response }, `step ${i}`).toEqual(JSON.parse(line));
  }
  expect(answers).toHaveLength(recorded.split('\n').length);
});
