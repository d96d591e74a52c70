// ProducerIdsRecord: a block of producer ids was handed out.
import { type DecodedMessage, int32, int64, message } from '../../schema.ts';

export const ProducerIdsRecord = message({
  name: 'ProducerIdsRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { brokerId: int32, brokerEpoch: int64.default(-1), nextProducerId: int64 },
});

export interface ProducerIdsRecordData extends DecodedMessage<typeof ProducerIdsRecord> {}
