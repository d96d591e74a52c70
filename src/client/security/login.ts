// How a client logs in with SASL, and again before a login runs out (KIP-368).
import { openCredentials } from './open-credentials.ts';
import { type LoginTarget, logIn } from './sasl-exchange.ts';

/** Resolves when the broker has accepted; what it throws ends the connection. */
export type Login = (target: LoginTarget) => Promise<void>;

/** The share of a login's life after which it is renewed: somewhere in between, so that not all do it at once. */
const RENEW_FROM = 0.85;
const RENEW_TO = 0.95;

/**
 * The login that the sasl.* settings ask for.
 * @throws LoginSetupError, ConfigError for settings that cannot be, or a token that cannot be had
 */
export async function openLogin(properties: Readonly<Record<string, string>>): Promise<Login> {
  const { mechanism, begin } = await openCredentials(properties);
  const once = async (target: LoginTarget) => {
    const lifetimeMs = await logIn(mechanism, await begin(target.clock.nowMs()), target);
    renewAfter(lifetimeMs, target, once);
  };
  return once;
}

/** The first request after that time waits for a new login on the same connection, and those behind it too. */
function renewAfter(lifetimeMs: number, target: LoginTarget, again: Login): void {
  const { connection, clock } = target;
  if (lifetimeMs <= 0) {
    connection.prerequisite = undefined;
    return;
  }
  const dueMs = clock.monotonicMs() + lifetimeMs * (RENEW_FROM + Math.random() * (RENEW_TO - RENEW_FROM));
  let renewal: Promise<void> | undefined;
  connection.prerequisite = () => {
    if (renewal === undefined && clock.monotonicMs() >= dueMs)
      renewal = again(target).catch((error) => {
        connection.close();
        throw error;
      });
    return renewal;
  };
}
