// ktool's broker gives Apache Kafka's answers to the recorded session: codes, texts, configs, orders where they count.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { type RecordedStep, runAdminSession } from './admin-session.ts';
import { ADMIN_STEPS } from './admin-steps.ts';

const recorded = readFileSync(new URL('../../kafka/admin-session.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedStep);

describe('the admin session recorded from Kafka 4.3.1', () => {
  test('has an answer for every step', () => {
    expect(recorded.map(({ request }) => request)).toEqual(JSON.parse(JSON.stringify(ADMIN_STEPS.map((s) => s.body))));
  });

  test('gets the same answers from ktool', async () => {
    const broker = await startTestBroker();
    const answers = await runAdminSession(ADMIN_STEPS, '127.0.0.1', broker.port);
    for (const [i, expected] of recorded.entries()) {
      expect
        .soft(answers[i], `step ${i}: ${expected.api} v${expected.version} ${JSON.stringify(expected.request)}`)
        .toEqual(expected);
    }
  });
});
