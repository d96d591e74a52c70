import { expect, test } from 'vitest';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

test('answers every version of ApiVersions with what is served', async () => {
  const broker = await startTestBroker();
  const client = await connect(broker);
  for (const version of [0, 1, 2, 3, 4]) {
    const answer = await client.request(ApiVersions, version, {
      clientSoftwareName: 'test',
      clientSoftwareVersion: '1.0',
    });
    expect(answer.errorCode).toBe(0);
    expect(answer.apiKeys.map(({ apiKey }) => apiKey)).toEqual(
      [...broker.services.handlers.keys()].sort((a, b) => a - b),
    );
    expect(answer.apiKeys).toContainEqual({ apiKey: 18, minVersion: 0, maxVersion: 4 });
  }
});
