// bootstrap.servers: `[protocol://]host:port,…` as Kafka's ClientUtils and Utils read it.
import { ConfigError } from './errors.ts';

export interface Address {
  /** Name or address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

const HOST_PORT = /^(?:[0-9a-zA-Z\-%._]*:\/\/)?\[?([0-9a-zA-Z\-%._:]*)\]?:([0-9]+)$/;

/**
 * The addresses of a bootstrap list, whose items are trimmed already.
 * @throws ConfigError with Kafka's text for a list without addresses, an item without host or port, an impossible port
 */
export function parseBootstrapServers(urls: readonly string[]): Address[] {
  if (urls.length === 0) throw new ConfigError('You must set either bootstrap.servers or bootstrap.controllers');
  return urls.map((url) => {
    const [, host, port] = HOST_PORT.exec(url) ?? [];
    if (host === undefined || port === undefined) throw new ConfigError(`Invalid url in bootstrap.servers: ${url}`);
    if (Number(port) > 65_535) throw new ConfigError(`Invalid port in bootstrap.servers: ${url}`);
    return { host: host === '' ? 'localhost' : host, port: Number(port) };
  });
}

/** `host:port`, an IPv6 address in brackets. */
export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
