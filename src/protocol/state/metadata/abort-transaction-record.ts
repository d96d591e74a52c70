// AbortTransactionRecord: ends a metadata transaction without effect (KIP-868).
import { type DecodedMessage, message, string } from '../../schema.ts';

export const AbortTransactionRecord = message({
  name: 'AbortTransactionRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { reason: string.nullable().default(null).tag(0) },
});

export interface AbortTransactionRecordData extends DecodedMessage<typeof AbortTransactionRecord> {}
