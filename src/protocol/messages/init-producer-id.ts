// InitProducerId: an id and epoch for an idempotent or transactional producer. v3 bump the epoch (KIP-360), v4
// PRODUCER_FENCED, v5 transactions v2.
import { api, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const InitProducerId = api({
  name: 'InitProducerId',
  key: 22,
  versions: [0, 5],
  flexible: 2,
  request: {
    transactionalId: string.nullable(),
    transactionTimeoutMs: int32,
    producerId: int64.since(3).default(-1),
    producerEpoch: int16.since(3).default(-1),
  },
  response: { throttleTimeMs: int32, errorCode: int16, producerId: int64.default(-1), producerEpoch: int16 },
});

export interface InitProducerIdRequest extends RequestOf<typeof InitProducerId> {}
export interface InitProducerIdResponse extends ResponseOf<typeof InitProducerId> {}
