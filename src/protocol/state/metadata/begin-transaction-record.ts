// BeginTransactionRecord: opens a metadata transaction (KIP-868).
import { type DecodedMessage, message, string } from '../../schema.ts';

export const BeginTransactionRecord = message({
  name: 'BeginTransactionRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { name: string.nullable().default(null).tag(0) },
});

export interface BeginTransactionRecordData extends DecodedMessage<typeof BeginTransactionRecord> {}
