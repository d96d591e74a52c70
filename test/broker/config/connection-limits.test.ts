// Limits of connections that would keep everybody out, or that say nothing, are refused while the broker runs, with Kafka's words.
import { expect, test } from 'vitest';
import { ResourceType } from '../../../src/broker/metadata/image.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { IncrementalAlterConfigs } from '../../../src/protocol/messages/incremental-alter-configs.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';

const OVERRIDES = 'max.connections.per.ip.overrides';
const step = (text: string) =>
  `Invalid value org.apache.kafka.common.config.ConfigException: ${text} for configuration Invalid dynamic configuration`;

test.each([
  ['max.connections', '0', step('Invalid max.connections 0')],
  ['max.connections', '-1', 'Invalid value -1 for configuration max.connections: Value must be at least 0'],
  ['max.connection.creation.rate', '0', step('Invalid max.connection.creation.rate 0')],
  ['listener.name.plaintext.max.connections', '0', step('Invalid max.connections 0')],
  ['listener.name.plaintext.max.connection.creation.rate', '0', step('Invalid max.connection.creation.rate 0')],
  ['listener.name.nobody.max.connections', '0', null],
  [OVERRIDES, 'abc', `Error parsing configuration property '${OVERRIDES}': begin 0, end -1, length 3`],
  [
    OVERRIDES,
    '127.0.0.2:3,,127.0.0.3:4',
    `Error parsing configuration property '${OVERRIDES}': begin 0, end -1, length 0`,
  ],
  [OVERRIDES, '127.0.0.1:x', 'For input string: "x"'],
  [OVERRIDES, '127.0.0.1:', 'For input string: ""'],
  [OVERRIDES, '127.0.0.2:99999999999', 'For input string: "99999999999"'],
  [OVERRIDES, '127.0.0.2:3,127.0.0.3:-1', null],
  [OVERRIDES, ' 127.0.0.2 : 100', null],
])('%s=%s', async (name, value, errorMessage) => {
  const client = await connect(await startTestBroker());
  const { responses } = await client.request(IncrementalAlterConfigs, 1, {
    resources: [
      { resourceType: ResourceType.BROKER, resourceName: '1', configs: [{ name, configOperation: 0, value }] },
    ],
    validateOnly: false,
  });
  const errorCode = errorMessage === null ? 0 : ErrorCode.INVALID_REQUEST;
  expect(responses).toMatchObject([{ errorCode, errorMessage }]);
});
