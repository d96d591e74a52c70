// AccessControlEntryRecord: one access control entry.
import { type DecodedMessage, int8, message, string, uuid } from '../../schema.ts';

export const AccessControlEntryRecord = message({
  name: 'AccessControlEntryRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {
    id: uuid,
    resourceType: int8,
    resourceName: string,
    patternType: int8,
    principal: string,
    host: string,
    operation: int8,
    permissionType: int8,
  },
});

export interface AccessControlEntryRecordData extends DecodedMessage<typeof AccessControlEntryRecord> {}
