// Who may make, see, renew and end tokens of others is what was recorded from Apache Kafka's broker.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { type RecordedTokenAccess, runTokenSession, TOKEN_PROPERTIES } from './token-session.ts';

const recorded = readFileSync(new URL('../../kafka/token-access-session.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedTokenAccess);

test('each permission opens for tokens what it opened in Kafka 4.3.1', async () => {
  const broker = await startTestBroker({ overrides: TOKEN_PROPERTIES });
  const answered = await runTokenSession(broker.port);
  expect(answered.map(({ granted }) => granted)).toEqual(recorded.map(({ granted }) => granted));
  for (const [i, expected] of recorded.entries()) expect.soft(answered[i], expected.granted).toEqual(expected);
});
