// ClientQuotaRecord: sets or removes one quota value.
import { array, bool, type DecodedMessage, float64, message, string } from '../../schema.ts';

export const ClientQuotaRecord = message({
  name: 'ClientQuotaRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {
    entity: array({ entityType: string, entityName: string.nullable() }),
    key: string,
    value: float64,
    remove: bool,
  },
});

export interface ClientQuotaRecordData extends DecodedMessage<typeof ClientQuotaRecord> {}
