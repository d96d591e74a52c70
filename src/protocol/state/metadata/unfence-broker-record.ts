// UnfenceBrokerRecord: a broker was unfenced (before BrokerRegistrationChangeRecord).
import { type DecodedMessage, int32, int64, message } from '../../schema.ts';

export const UnfenceBrokerRecord = message({
  name: 'UnfenceBrokerRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { id: int32, epoch: int64 },
});

export interface UnfenceBrokerRecordData extends DecodedMessage<typeof UnfenceBrokerRecord> {}
