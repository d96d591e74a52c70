// ConfigRecord: sets one config of a resource; null removes it.
import { type DecodedMessage, int8, message, string } from '../../schema.ts';

export const ConfigRecord = message({
  name: 'ConfigRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { resourceType: int8, resourceName: string, name: string, value: string.nullable() },
});

export interface ConfigRecordData extends DecodedMessage<typeof ConfigRecord> {}
