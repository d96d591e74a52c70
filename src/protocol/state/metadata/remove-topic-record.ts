// RemoveTopicRecord: a topic and its partitions are gone.
import { type DecodedMessage, message, uuid } from '../../schema.ts';

export const RemoveTopicRecord = message({
  name: 'RemoveTopicRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { topicId: uuid },
});

export interface RemoveTopicRecordData extends DecodedMessage<typeof RemoveTopicRecord> {}
