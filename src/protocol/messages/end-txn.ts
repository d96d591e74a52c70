// EndTxn: commit or abort a transaction. v5 answers with the next epoch (KIP-890).
import { api, bool, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const EndTxn = api({
  name: 'EndTxn',
  key: 26,
  versions: [0, 5],
  flexible: 3,
  request: { transactionalId: string, producerId: int64, producerEpoch: int16, committed: bool },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerId: int64.since(5).default(-1),
    producerEpoch: int16.since(5).default(-1),
  },
});

export interface EndTxnRequest extends RequestOf<typeof EndTxn> {}
export interface EndTxnResponse extends ResponseOf<typeof EndTxn> {}
