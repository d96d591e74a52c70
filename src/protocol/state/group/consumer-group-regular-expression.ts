// ConsumerGroupRegularExpression: topics that a regular expression resolved to.
import { array, type DecodedMessage, int64, message, string } from '../../schema.ts';

export const ConsumerGroupRegularExpressionKey = message({
  name: 'ConsumerGroupRegularExpressionKey',
  versions: [0, 0],
  flexible: null,
  fields: { groupId: string, regularExpression: string },
});

export interface ConsumerGroupRegularExpressionKeyData
  extends DecodedMessage<typeof ConsumerGroupRegularExpressionKey> {}

export const ConsumerGroupRegularExpressionValue = message({
  name: 'ConsumerGroupRegularExpressionValue',
  versions: [0, 0],
  flexible: 0,
  fields: { topics: array(string), version: int64, timestamp: int64 },
});

export interface ConsumerGroupRegularExpressionValueData
  extends DecodedMessage<typeof ConsumerGroupRegularExpressionValue> {}
