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
