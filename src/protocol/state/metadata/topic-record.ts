// TopicRecord: a new topic.
import { type DecodedMessage, message, string, uuid } from '../../schema.ts';

export const TopicRecord = message({
  name: 'TopicRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { name: string, topicId: uuid },
});

export interface TopicRecordData extends DecodedMessage<typeof TopicRecord> {}
