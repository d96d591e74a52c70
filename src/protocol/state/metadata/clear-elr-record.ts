// ClearElrRecord: empties the eligible leader replicas of a topic or of all (KIP-966).
import { type DecodedMessage, message, string } from '../../schema.ts';

export const ClearElrRecord = message({
  name: 'ClearElrRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { topicName: string },
});

export interface ClearElrRecordData extends DecodedMessage<typeof ClearElrRecord> {}
