// ApiVersions, v0-4: what this broker serves, read from the table of handlers, so nothing is advertised that is not served.
// v1: throttle time.  v3: the client names its software; features in tagged fields.  v4: features whose lowest version is 0
// are told, too (KIP-1022); older clients refuse such a range and get the feature without it.
// Follows kafka.server.KafkaApis.handleApiVersionsRequest and ApiVersionsResponse; a version above 4 is answered in v0 with
// UNSUPPORTED_VERSION and the versions of this API alone (KIP-511).
import { ErrorCode } from '../../protocol/errors.ts';
import { ApiVersions } from '../../protocol/messages/api-versions.ts';
import type { ResponseInput } from '../../protocol/schema.ts';
import { SUPPORTED_FEATURES } from '../metadata/features.ts';
import { isForControllers } from './controller-apis.ts';
import { defineHandler } from './define.ts';

type ApiVersionsAnswer = ResponseInput<typeof ApiVersions>;

/** ApiVersionsRequest.isValid. */
const SOFTWARE_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?$/;

export const apiVersionsHandler = defineHandler(ApiVersions, (request, { apiVersion, connection, services }) => {
  const { clientSoftwareName: name, clientSoftwareVersion: version } = request;
  if (apiVersion >= 3) {
    if (!SOFTWARE_NAME.test(name) || !SOFTWARE_NAME.test(version))
      return { errorCode: ErrorCode.INVALID_REQUEST, apiKeys: [] };
    connection.clientSoftware = { name, version };
  }
  connection.authentication.knowsVersions = true;
  const { features, lastOffset } = services.metadata;
  return {
    errorCode: ErrorCode.NONE,
    apiKeys: services.apis
      .filter(({ api }) => !connection.isController || isForControllers(api.key))
      .map(({ api, advertised: [minVersion, maxVersion] }) => ({ apiKey: api.key, minVersion, maxVersion }))
      .sort((a, b) => a.apiKey - b.apiKey),
    supportedFeatures: SUPPORTED_FEATURES.filter(({ minVersion }) => apiVersion >= 4 || minVersion > 0),
    finalizedFeatures: [...features]
      .filter(([, level]) => level > 0)
      .map(([feature, level]) => ({ name: feature, maxVersionLevel: level, minVersionLevel: level })),
    finalizedFeaturesEpoch: lastOffset,
  };
});

/** The answer to a version of ApiVersions that is not served; to be sent in v0. */
export function unsupportedApiVersions(): ApiVersionsAnswer {
  const [minVersion, maxVersion] = ApiVersions.versions;
  return {
    errorCode: ErrorCode.UNSUPPORTED_VERSION,
    apiKeys: [{ apiKey: ApiVersions.key, minVersion, maxVersion }],
  };
}
