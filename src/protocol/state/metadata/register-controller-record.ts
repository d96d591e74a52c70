// RegisterControllerRecord: a controller has registered (KIP-919).
import { array, bool, type DecodedMessage, int16, int32, message, string, uint16, uuid } from '../../schema.ts';

export const RegisterControllerRecord = message({
  name: 'RegisterControllerRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {
    controllerId: int32,
    incarnationId: uuid,
    zkMigrationReady: bool,
    endPoints: array({ name: string, host: string, port: uint16, securityProtocol: int16 }),
    features: array({ name: string, minSupportedVersion: int16, maxSupportedVersion: int16 }),
  },
});

export interface RegisterControllerRecordData extends DecodedMessage<typeof RegisterControllerRecord> {}
