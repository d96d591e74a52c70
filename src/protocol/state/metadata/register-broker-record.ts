// RegisterBrokerRecord: a broker has registered, with its endpoints and features.
import { array, bool, type DecodedMessage, int16, int32, int64, message, string, uint16, uuid } from '../../schema.ts';

export const RegisterBrokerRecord = message({
  name: 'RegisterBrokerRecord',
  versions: [0, 4],
  flexible: 0,
  fields: {
    brokerId: int32,
    isMigratingZkBroker: bool.since(2).default(false),
    incarnationId: uuid,
    brokerEpoch: int64,
    endPoints: array({ name: string, host: string, port: uint16, securityProtocol: int16 }),
    features: array({ name: string, minSupportedVersion: int16, maxSupportedVersion: int16 }),
    rack: string.nullable(),
    fenced: bool.default(true),
    inControlledShutdown: bool.since(1).default(false),
    logDirs: array(uuid).since(3).tag(0),
    cordonedLogDirs: array(uuid).since(4).nullable().default(null).tag(1),
  },
});

export interface RegisterBrokerRecordData extends DecodedMessage<typeof RegisterBrokerRecord> {}
