// BrokerRegistrationChangeRecord: a broker was fenced, unfenced, or is shutting down.
import { array, type DecodedMessage, int8, int32, int64, message, uuid } from '../../schema.ts';

export const BrokerRegistrationChangeRecord = message({
  name: 'BrokerRegistrationChangeRecord',
  versions: [0, 3],
  flexible: 0,
  fields: {
    brokerId: int32,
    brokerEpoch: int64,
    fenced: int8.tag(0),
    inControlledShutdown: int8.since(1).tag(1),
    logDirs: array(uuid).since(2).tag(2),
    cordonedLogDirs: array(uuid).since(3).nullable().default(null).tag(3),
  },
});

export interface BrokerRegistrationChangeRecordData extends DecodedMessage<typeof BrokerRegistrationChangeRecord> {}
