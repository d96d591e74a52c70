// RemoveAccessControlEntryRecord: removes an access control entry.
import { type DecodedMessage, message, uuid } from '../../schema.ts';

export const RemoveAccessControlEntryRecord = message({
  name: 'RemoveAccessControlEntryRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { id: uuid },
});

export interface RemoveAccessControlEntryRecordData extends DecodedMessage<typeof RemoveAccessControlEntryRecord> {}
