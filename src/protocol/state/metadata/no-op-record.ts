// NoOpRecord: nothing; shows that the controller lives (KIP-835).
import { type DecodedMessage, message } from '../../schema.ts';

export const NoOpRecord = message({
  name: 'NoOpRecord',
  versions: [0, 0],
  flexible: 0,
  fields: {},
});

export interface NoOpRecordData extends DecodedMessage<typeof NoOpRecord> {}
