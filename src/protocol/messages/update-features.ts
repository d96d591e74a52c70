// UpdateFeatures: change finalized feature levels (KIP-584).
import { api, array, bool, int8, int16, int32, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const UpdateFeatures = api({
  name: 'UpdateFeatures',
  key: 57,
  versions: [0, 2],
  flexible: 0,
  request: {
    timeoutMs: int32.default(60000),
    featureUpdates: array({
      feature: string,
      maxVersionLevel: int16,
      allowDowngrade: bool.until(0),
      upgradeType: int8.since(1).default(1),
    }),
    validateOnly: bool.since(1).default(false),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
    results: array({ feature: string, errorCode: int16, errorMessage: string.nullable() }).until(1),
  },
});

export interface UpdateFeaturesRequest extends RequestOf<typeof UpdateFeatures> {}
export interface UpdateFeaturesResponse extends ResponseOf<typeof UpdateFeatures> {}
