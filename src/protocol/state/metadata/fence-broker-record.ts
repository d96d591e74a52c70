// FenceBrokerRecord: a broker was fenced (before BrokerRegistrationChangeRecord).
import { type DecodedMessage, int32, int64, message } from '../../schema.ts';

export const FenceBrokerRecord = message({
  name: 'FenceBrokerRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { id: int32, epoch: int64 },
});

export interface FenceBrokerRecordData extends DecodedMessage<typeof FenceBrokerRecord> {}
