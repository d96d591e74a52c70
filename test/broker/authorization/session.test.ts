// Every API is refused and served as by Apache Kafka's broker, for every set of permissions that was recorded there.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { handlersByKey } from '../../../src/broker/handlers/index.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { describePermission, trials } from './cases.ts';
import { CASES, PROPERTIES, type Recorded, runAuthorizationSession } from './session.ts';

const recorded = readFileSync(new URL('../../kafka/authorization-session.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

test('who may use which API is what was recorded from Kafka 4.3.1', async () => {
  const tried = CASES.flatMap((each) =>
    trials(each).map((granted) => [each.api.name, each.body, granted.map(describePermission)]),
  );
  expect(recorded.map(({ api, request, granted }) => [api, request, granted])).toEqual(
    JSON.parse(JSON.stringify(tried)),
  );
  const broker = await startTestBroker({ overrides: PROPERTIES });
  const answers = await runAuthorizationSession(broker.port);
  for (const [i, expected] of recorded.entries()) {
    const { api, version, request, granted } = expected;
    const what = `${i}: ${api} v${version} ${JSON.stringify(request)} with ${granted.join(', ') || 'nothing'}`;
    expect.soft(answers[i], what).toEqual(expected);
  }
});

test('every API has its cases', () => {
  const served = [...handlersByKey({ telemetry: true }).values()].map(({ api }) => api.name);
  const open = ['GetTelemetrySubscriptions', 'PushTelemetry'];
  const tried = new Set<string>([...CASES.map(({ api }) => api.name), ...open]);
  expect(served.filter((name) => !tried.has(name))).toEqual([]);
});
