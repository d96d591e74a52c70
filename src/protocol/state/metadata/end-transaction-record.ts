// EndTransactionRecord: ends a metadata transaction (KIP-868).
import { type DecodedMessage, message } from '../../schema.ts';

export const EndTransactionRecord = message({
  name: 'EndTransactionRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {},
});

export interface EndTransactionRecordData extends DecodedMessage<typeof EndTransactionRecord> {}
