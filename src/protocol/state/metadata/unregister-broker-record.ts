// UnregisterBrokerRecord: a broker is forgotten.
import { type DecodedMessage, int32, int64, message } from '../../schema.ts';

export const UnregisterBrokerRecord = message({
  name: 'UnregisterBrokerRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { brokerId: int32, brokerEpoch: int64 },
});

export interface UnregisterBrokerRecordData extends DecodedMessage<typeof UnregisterBrokerRecord> {}
