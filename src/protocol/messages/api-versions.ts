// ApiVersions: what a broker understands. v3 client software (KIP-511) and features (KIP-584), v4 features that start
// at version 0 (KIP-1022). Answered with response header v0.
import { api, array, bool, int16, int32, int64, type RequestOf, type ResponseOf, string } from '../schema.ts';

export const ApiVersions = api({
  name: 'ApiVersions',
  key: 18,
  versions: [0, 4],
  flexible: 3,
  request: { clientSoftwareName: string.since(3), clientSoftwareVersion: string.since(3) },
  response: {
    errorCode: int16,
    apiKeys: array({ apiKey: int16, minVersion: int16, maxVersion: int16 }),
    throttleTimeMs: int32.since(1),
    supportedFeatures: array({ name: string.since(3), minVersion: int16.since(3), maxVersion: int16.since(3) })
      .since(3)
      .tag(0),
    finalizedFeaturesEpoch: int64.since(3).default(-1).tag(1),
    finalizedFeatures: array({
      name: string.since(3),
      maxVersionLevel: int16.since(3),
      minVersionLevel: int16.since(3),
    })
      .since(3)
      .tag(2),
    zkMigrationReady: bool.since(3).default(false).tag(3),
  },
});

export interface ApiVersionsRequest extends RequestOf<typeof ApiVersions> {}
export interface ApiVersionsResponse extends ResponseOf<typeof ApiVersions> {}
