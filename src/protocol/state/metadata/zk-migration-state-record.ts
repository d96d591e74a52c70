// ZkMigrationStateRecord: how far a migration from ZooKeeper is; always finished today.
import { type DecodedMessage, int8, message } from '../../schema.ts';

export const ZkMigrationStateRecord = message({
  name: 'ZkMigrationStateRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { zkMigrationState: int8 },
});

export interface ZkMigrationStateRecordData extends DecodedMessage<typeof ZkMigrationStateRecord> {}
