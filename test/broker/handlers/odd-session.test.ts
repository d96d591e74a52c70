// ktool's broker gives Apache Kafka's answers to odd input of producers and consumers: the recorded session of odd-steps.ts.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { type RecordedStep, runAdminSession } from './admin-session.ts';
import { ODD_PREPARATION, ODD_STEPS } from './odd-steps.ts';

const recorded = readFileSync(new URL('../../kafka/odd-session.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Omit<RecordedStep, 'request'>);

test('odd input recorded from Kafka 4.3.1 gets the same answers from ktool', async () => {
  const broker = await startTestBroker();
  const ids = new Map<string, string>();
  await runAdminSession(ODD_PREPARATION, '127.0.0.1', broker.port, 0, ids);
  const answers = await runAdminSession(ODD_STEPS, '127.0.0.1', broker.port, 0, ids);
  expect(answers.map(({ api, version }) => [api, version])).toEqual(recorded.map(({ api, version }) => [api, version]));
  for (const [i, { api, version, response }] of recorded.entries()) {
    const { request, response: answer } = answers[i]!;
    expect.soft(answer, `step ${i}: ${api} v${version} ${JSON.stringify(request).slice(0, 400)}`).toEqual(response);
  }
});
