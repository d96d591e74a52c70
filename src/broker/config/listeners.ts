import { isIP } from 'node:net';
import { ConfigError } from './config-error.ts';

export type SecurityProtocol = 'PLAINTEXT' | 'SSL' | 'SASL_PLAINTEXT' | 'SASL_SSL';

const SECURITY_PROTOCOLS: readonly string[] = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];

export const isSasl = (protocol: SecurityProtocol): boolean => protocol.startsWith('SASL_');
export const isTls = (protocol: SecurityProtocol): boolean => protocol.endsWith('SSL');

/** Where the broker listens. */
export interface Listener {
  /** In upper case, as Kafka has listener names. */
  readonly name: string;
  readonly protocol: SecurityProtocol;
  /** A host name or address without brackets; '' = every address of the machine. */
  readonly host: string;
  /** 0 = a free port of the system's choice. */
  readonly port: number;
  /** Whether controller.listener.names has it: such a listener is never told to clients. */
  readonly controller: boolean;
}

/** What clients are told of a listener. */
export interface AdvertisedListener {
  readonly name: string;
  readonly protocol: SecurityProtocol;
  /** null = the address that the client connected to (the listener is bound to every address and nothing else is advertised). */
  readonly host: string | null;
  /** 0 = the port that the listener was given by the system. */
  readonly port: number;
}

/**
 * `listener.security.protocol.map`: listener names (upper case) to protocols.
 * @throws ConfigError on an unknown protocol or an entry without one
 */
export function parseProtocolMap(text: string): Map<string, SecurityProtocol> {
  const map = new Map<string, SecurityProtocol>();
  for (const entry of text.split(/\s*,\s*/).filter((item) => item !== '')) {
    const at = entry.lastIndexOf(':');
    if (at < 0)
      throw new ConfigError(
        `Error parsing configuration property 'listener.security.protocol.map': ${entry} is not NAME:PROTOCOL`,
      );
    const name = entry.slice(0, at).trim().toUpperCase();
    const protocol = entry.slice(at + 1).trim();
    if (!isSecurityProtocol(protocol))
      throw new ConfigError(`Invalid security protocol \`${protocol}\` defined in listener.security.protocol.map`);
    if (map.has(name)) throw new ConfigError(`Duplicate listener ${name} in listener.security.protocol.map`);
    map.set(name, protocol);
  }
  return map;
}

function isSecurityProtocol(text: string): text is SecurityProtocol {
  return SECURITY_PROTOCOLS.includes(text);
}

/**
 * `listeners` or `advertised.listeners`: NAME://host:port, IPv6 addresses with or without brackets.
 * @param controllers names in controller.listener.names, upper case
 * @throws ConfigError with Kafka's texts (SocketServerConfigs.listenerListToEndPoints): an entry that cannot be parsed, a
 *   name without protocol, and, unless `advertised`, two listeners of one port
 */
export function parseListeners(
  entries: readonly string[],
  protocols: ReadonlyMap<string, SecurityProtocol>,
  controllers: ReadonlySet<string>,
  advertised = false,
): Listener[] {
  const list = `[${entries.join(', ')}]`;
  try {
    const listeners = entries.map((entry) => parseListener(entry, protocols, controllers));
    if (new Set(listeners.map((listener) => listener.name)).size !== listeners.length)
      throw new ConfigError(`Each listener must have a different name, listeners: ${list}`);
    if (!advertised) checkPorts(listeners, list);
    return listeners;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`Error creating broker listeners from '${list}': ${error.message}`);
  }
}

function parseListener(
  entry: string,
  protocols: ReadonlyMap<string, SecurityProtocol>,
  controllers: ReadonlySet<string>,
): Listener {
  const match = /^([A-Za-z0-9._-]+):\/\/\[?([0-9a-zA-Z\-%._:]*)\]?:(\d+)$/.exec(entry);
  const port = Number(match?.[3]);
  if (!match || port > 0x7fffffff) throw new ConfigError(`Unable to parse ${entry} to a broker endpoint`);
  const name = (match[1] ?? '').toUpperCase();
  const protocol = protocols.get(name);
  if (!protocol) throw new ConfigError(`No security protocol defined for listener ${name}`);
  if (port > 65535) throw new ConfigError(`Port ${port} of listener ${name} is not between 0 and 65535`);
  return { name, protocol, host: match[2] ?? '', port, controller: controllers.has(name) };
}

/** Two listeners share a port only if one has an IPv4 and the other an IPv6 address (KIP-797); port 0 is always free. */
function checkPorts(listeners: readonly Listener[], list: string): void {
  const byPort = new Map<number, Listener[]>();
  for (const listener of listeners) {
    if (listener.port !== 0) byPort.set(listener.port, [...(byPort.get(listener.port) ?? []), listener]);
  }
  for (const [port, sharing] of byPort) {
    if (sharing.length === 1) continue;
    const different = 'Each listener must have a different port';
    const [first, second, ...further] = sharing.map(({ host }) => isIP(host));
    if (sharing.some(({ host }) => isIP(host) === 0)) throw new ConfigError(`${different}, listeners: ${list}`);
    if (further.length > 0 || first === second)
      throw new ConfigError(
        `${different} unless exactly one listener has an IPv4 address and the other IPv6 address, listeners: ${list}, port: ${port}`,
      );
  }
}
