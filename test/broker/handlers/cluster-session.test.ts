// ktool's broker gives Apache Kafka's answers to the recorded session: credentials, quotas, elections, features, brokers.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { type RecordedStep, runAdminSession } from './admin-session.ts';
import { CLUSTER_STEPS } from './cluster-steps.ts';

const recorded = readFileSync(new URL('../../kafka/cluster-session.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedStep);

test('the cluster session recorded from Kafka 4.3.1 gets the same answers from ktool', async () => {
  expect(recorded.map(({ request }) => request)).toEqual(JSON.parse(JSON.stringify(CLUSTER_STEPS.map((s) => s.body))));
  const broker = await startTestBroker();
  const answers = await runAdminSession(CLUSTER_STEPS, '127.0.0.1', broker.port);
  for (const [i, expected] of recorded.entries()) {
    expect
      .soft(answers[i], `step ${i}: ${expected.api} v${expected.version} ${JSON.stringify(expected.request)}`)
      .toEqual(expected);
  }
});
