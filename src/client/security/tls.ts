// A client's side of TLS: the ssl.* settings of Kafka's clients (org.apache.kafka.common.config.SslConfigs).
import { isIP } from 'node:net';
import tls from 'node:tls';
import { tlsMaterial } from '../../security/tls/context.ts';
import type { Address } from '../bootstrap.ts';
import { ConfigError } from '../errors.ts';

/**
 * What begins a TLS connection to an address, for a broker known as `host`.
 * @throws ConfigError for stores that cannot be read and values that cannot be
 */
export function openTls(
  properties: Readonly<Record<string, string>>,
): (address: Address, host: string) => tls.TLSSocket {
  const get = (key: string) => properties[key]?.trim();
  const algorithm = get('ssl.endpoint.identification.algorithm') ?? 'https';
  if (algorithm !== '' && algorithm.toLowerCase() !== 'https')
    throw new ConfigError(`ssl.endpoint.identification.algorithm: Unknown identification algorithm: ${algorithm}`);
  const secureContext = contextOf(get);
  return (address, host) =>
    tls.connect({
      host: address.host,
      port: address.port,
      secureContext,
      // Names only: RFC 6066 knows no addresses.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      checkServerIdentity: (_, certificate) =>
        algorithm === '' ? undefined : tls.checkServerIdentity(host, certificate),
    });
}

function contextOf(get: (key: string) => string | undefined): tls.SecureContext {
  try {
    return tls.createSecureContext(tlsMaterial(get).options);
  } catch (error) {
    throw new ConfigError((error as Error).message);
  }
}
