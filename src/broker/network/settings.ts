import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { Answer } from './answer.ts';
import type { ConnectionInfo } from './connection-info.ts';

/** What a connection works with. */
export interface ConnectionSettings {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Serves one frame; throws to end the connection. */
  readonly dispatch: (frame: Buffer, connection: ConnectionInfo) => Answer | Promise<Answer>;
  /** Told of each large buffer of an answer when the system has it and nobody needs it any more. */
  readonly sent: (buffer: Buffer) => void;
  /** socket.request.max.bytes. */
  readonly maxFrameBytes: number;
  /** sasl.server.max.receive.size: the same until a SASL client has logged in. */
  readonly maxLoginFrameBytes: number;
  /** connections.max.idle.ms; Infinity for a negative one. */
  readonly maxIdleMs: number;
}

/** How many connections are taken. */
export interface ConnectionLimits {
  /** max.connections. */
  readonly total: number;
  /** max.connections.per.ip, with max.connections.per.ip.overrides (`host:count,host:count`). */
  readonly perIp: number;
  readonly perIpOverrides: ReadonlyMap<string, number>;
}

/** @throws Error if an override is not host:count */
export function parsePerIpOverrides(text: string): Map<string, number> {
  const overrides = new Map<string, number>();
  for (const entry of text.split(',').map((item) => item.trim())) {
    if (entry === '') continue;
    const at = entry.lastIndexOf(':');
    const count = Number(entry.slice(at + 1));
    if (at < 1 || !Number.isInteger(count))
      throw new Error(`max.connections.per.ip.overrides: ${entry} is not address:count`);
    overrides.set(entry.slice(0, at).trim(), count);
  }
  return overrides;
}
