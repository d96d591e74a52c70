// A client's side of TLS: the ssl.* settings of Kafka's clients (org.apache.kafka.common.config.SslConfigs).
import { isIP } from 'node:net';
import tls from 'node:tls';
import { tlsMaterial } from '../../security/tls/context.ts';
import { TlsError, type TlsSetting } from '../../security/tls/stores.ts';
import type { Logger } from '../../util/logger.ts';
import type { Address } from '../bootstrap.ts';

/**
 * What begins a TLS connection to an address, for a broker known as `host`.
 * @throws TlsError for stores that cannot be read and values that cannot be
 */
export function openTls(
  properties: Readonly<Record<string, string>>,
  logger: Logger,
): (address: Address, host: string) => tls.TLSSocket {
  const get = (key: string) => properties[key]?.trim();
  const algorithm = get('ssl.endpoint.identification.algorithm') ?? 'https';
  if (algorithm !== '' && algorithm.toLowerCase() !== 'https')
    throw new TlsError(`ssl.endpoint.identification.algorithm: Unknown identification algorithm: ${algorithm}`);
  const secureContext = contextOf(get, logger);
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

function contextOf(get: TlsSetting, logger: Logger): tls.SecureContext {
  try {
    return tls.createSecureContext(tlsMaterial(get).options);
  } catch (error) {
    const missing = error instanceof TlsError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (missing?.code === 'ENOENT')
      logger.error(`Modification time of key store could not be obtained: ${missing.path}`);
    throw error instanceof TlsError ? error : new TlsError((error as Error).message);
  }
}
