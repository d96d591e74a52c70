// Which versions a broker answers (KIP-35, KIP-511): ApiVersions opens every connection.
import { ErrorCode } from '../protocol/errors.ts';
import { decodeResponse } from '../protocol/headers.ts';
import { ApiVersions, type ApiVersionsResponse } from '../protocol/messages/api-versions.ts';
import type { Api } from '../protocol/schema.ts';
import type { Connection } from './connection.ts';
import { throwIfError, UnsupportedVersionError } from './errors.ts';

const SOFTWARE = { clientSoftwareName: 'ktool', clientSoftwareVersion: '0.1.0' };

/**
 * Asks with the latest version known here; a broker that does not know it answers error 35 in version 0, with the
 * versions that it does know, and is asked again with the best of those.
 */
export async function negotiate(connection: Connection, timeoutMs: number): Promise<ApiVersionsResponse> {
  const [, latest] = ApiVersions.versions;
  const frame = await connection.exchange(ApiVersions, latest, SOFTWARE, timeoutMs);
  const refused = frame.length >= 6 && frame.readInt16BE(4) === ErrorCode.UNSUPPORTED_VERSION;
  if (!refused) return accepted(decodeResponse(ApiVersions, latest, frame).body);
  const { apiKeys } = decodeResponse(ApiVersions, 0, frame).body;
  const known = apiKeys.find(({ apiKey }) => apiKey === ApiVersions.key)?.maxVersion ?? 0;
  return accepted(await connection.send(ApiVersions, Math.min(known, latest), SOFTWARE, timeoutMs));
}

function accepted(response: ApiVersionsResponse): ApiVersionsResponse {
  throwIfError(response.errorCode);
  return response;
}

/** The versions of one broker. */
export class BrokerVersions {
  readonly response: ApiVersionsResponse;
  readonly #ranges = new Map<number, readonly [min: number, max: number]>();

  constructor(response: ApiVersionsResponse) {
    this.response = response;
    for (const { apiKey, minVersion, maxVersion } of response.apiKeys) {
      this.#ranges.set(apiKey, [minVersion, maxVersion]);
    }
  }

  has(api: Api): boolean {
    return this.#ranges.has(api.key);
  }

  /**
   * The best version of `api` that both sides know.
   * @param limit highest version that the caller can use
   * @param least lowest version that can say what the caller asks
   * @throws UnsupportedVersionError if there is none
   */
  best(api: Api, limit = Number.POSITIVE_INFINITY, least = api.versions[0]): number {
    const range = this.#ranges.get(api.key);
    if (range === undefined) {
      throw new UnsupportedVersionError(`The node does not support ${constantName(api)}`);
    }
    const [min, max] = [Math.max(api.versions[0], least), api.versions[1]];
    const version = Math.min(max, range[1], limit);
    if (version >= Math.max(min, range[0])) return version;
    const message = `The node does not support ${constantName(api)} with version in range [${min},${Math.min(max, limit)}]. The supported range is [${range[0]},${range[1]}].`;
    throw new UnsupportedVersionError(message);
  }
}

/** ApiKeys' constant: `DescribeTopicPartitions` is DESCRIBE_TOPIC_PARTITIONS. */
function constantName(api: Api): string {
  return api.name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
}
