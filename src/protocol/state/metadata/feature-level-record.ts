// FeatureLevelRecord: finalizes the level of a feature.
import { type DecodedMessage, int16, message, string } from '../../schema.ts';

export const FeatureLevelRecord = message({
  name: 'FeatureLevelRecord',
  versions: [0, 0],
  flexible: 0,
  fields: { name: string, featureLevel: int16 },
});

export interface FeatureLevelRecordData extends DecodedMessage<typeof FeatureLevelRecord> {}
