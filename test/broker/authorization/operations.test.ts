// What each permission lets somebody do is what was recorded from Apache Kafka's broker, for every operation of a resource.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startTestBroker } from '../../helpers/broker.ts';
import { OPERATIONS_PROPERTIES, type RecordedOperations, runOperationsSession } from './operations.ts';

const recorded = readFileSync(new URL('../../kafka/authorization-operations.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as RecordedOperations);

test('which operations serve for which API is what was recorded from Kafka 4.3.1', async () => {
  const broker = await startTestBroker({ overrides: OPERATIONS_PROPERTIES });
  const answered = await runOperationsSession(broker.port);
  const title = ({ api, version, index, need }: RecordedOperations) => `${index}: ${api} v${version} needs ${need}`;
  expect(answered.map(title)).toEqual(recorded.map(title));
  for (const [i, expected] of recorded.entries()) expect.soft(answered[i], title(expected)).toEqual(expected);
});
