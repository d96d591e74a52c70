// Safe by default: a broker that lets everybody in serves its own machine, unless it is told that it may serve others.
import { Chalk } from 'chalk';
import type { Compat } from '../compat.ts';
import type { Output } from '../output.ts';
import { visibleLine } from '../terminal/visible.ts';

/** A listener that other machines reach and that asks nobody who they are. */
export interface Exposed {
  readonly name: string;
  /** '' = every address. */
  readonly host: string;
  readonly port: number;
}

interface Place {
  readonly env: NodeJS.ProcessEnv;
  readonly compat: Compat;
  readonly output: Output;
  /** --insecure */
  readonly insecure: boolean;
}

/**
 * Says which listeners are open to everybody.
 * @throws Error with what to type, under ktool's own name and without --insecure or KTOOL_INSECURE
 */
export function guardExposure(listeners: readonly Exposed[], { env, compat, output, insecure }: Place): void {
  if (listeners.length === 0) return;
  const places = listeners.map(({ name, host, port }) => `${name} on ${addressText(host)}:${port}`).join(', ');
  const open = `Whoever reaches this machine may do everything: ${places} asks nobody who they are`;
  const allowed = insecure || !['', '0', 'false'].includes(env.KTOOL_INSECURE ?? '');
  // Scripts that know Kafka run unchanged.
  if (compat.manner === 'friendly' && !allowed)
    throw new Error(
      `${open}.\nFor this machine only: --host 127.0.0.1\nFor others too, with certificates: ktool certs create DIR says how\nWhere the network lets in only who may (a container, a test): --insecure, or KTOOL_INSECURE=1 in the environment`,
    );
  output.drawError(`${new Chalk({ level: output.colourOnError ? 1 : 0 }).red(visibleLine(`INSECURE: ${open}`))}\n`);
}

function addressText(host: string): string {
  if (host === '') return '*';
  return host.includes(':') ? `[${host}]` : host;
}
