// One login over one connection: the handshake that chooses the mechanism, then its messages until both sides are content.
// Follows org.apache.kafka.common.security.authenticator.SaslClientAuthenticator.
import { ErrorCode } from '../../protocol/errors.ts';
import { SaslAuthenticate } from '../../protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../protocol/messages/sasl-handshake.ts';
import type { Clock } from '../../util/clock.ts';
import { type SaslClient, SaslError } from '../../util/sasl/sasl.ts';
import type { Connection } from '../connection.ts';
import { AuthenticationError } from '../errors.ts';
import type { BrokerVersions } from '../negotiation.ts';

/** A connection that is to be logged in. */
export interface LoginTarget {
  readonly connection: Connection;
  readonly versions: BrokerVersions;
  /** The name that the broker is known by. */
  readonly host: string;
  /** Milliseconds for each request. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Logs in.
 * @param client of a new exchange
 * @returns how long the login is good for, in milliseconds; 0 without limit
 * @throws AuthenticationError with the broker's words, or Kafka's client's; ConnectionError, TimeoutError
 */
export async function logIn(mechanism: string, client: SaslClient, target: LoginTarget): Promise<number> {
  await handshake(mechanism, target);
  const { connection, versions, timeoutMs } = target;
  const version = versions.best(SaslAuthenticate);
  let lifetimeMs = 0;
  let message = await evaluated(client, Buffer.alloc(0));
  while (message !== undefined) {
    const answer = await connection.send(SaslAuthenticate, version, { authBytes: message }, timeoutMs);
    if (answer.errorCode !== ErrorCode.NONE)
      throw new AuthenticationError(answer.errorCode, answer.errorMessage, refusedAdvice(mechanism, target));
    lifetimeMs = answer.sessionLifetimeMs;
    message = client.isComplete ? undefined : await evaluated(client, answer.authBytes);
  }
  return lifetimeMs;
}

async function handshake(mechanism: string, target: LoginTarget): Promise<void> {
  const { connection, versions, timeoutMs } = target;
  const version = versions.best(SaslHandshake);
  const { errorCode, mechanisms } = await connection.send(SaslHandshake, version, { mechanism }, timeoutMs);
  if (errorCode === ErrorCode.NONE) return;
  const enabled = `[${mechanisms.join(', ')}]`;
  if (errorCode === ErrorCode.UNSUPPORTED_SASL_MECHANISM) {
    const message = `Client SASL mechanism '${mechanism}' not enabled in the server, enabled mechanisms are ${enabled}`;
    const advice = `${target.host} offers ${mechanisms.join(', ')}: set sasl.mechanism to one of them.`;
    throw new AuthenticationError(errorCode, message, advice);
  }
  const unexpected = `Unexpected handshake request with client mechanism ${mechanism}, enabled mechanisms are ${enabled}`;
  const advice = `${target.host} does not ask for a login on this port: use security.protocol=PLAINTEXT (or SSL), or the port of a SASL listener.`;
  throw new AuthenticationError(ErrorCode.ILLEGAL_SASL_STATE, unexpected, advice);
}

async function evaluated(client: SaslClient, message: Buffer): Promise<Buffer | undefined> {
  try {
    return await client.respond(message);
  } catch (error) {
    if (!(error instanceof SaslError)) throw error;
    const text = `An error: (${error.message}) occurred when evaluating SASL token received from the Kafka Broker. Kafka Client will go to AUTHENTICATION_FAILED state.`;
    const advice =
      'What answers there does not know the password, or does not speak this mechanism: check the address.';
    throw new AuthenticationError(ErrorCode.SASL_AUTHENTICATION_FAILED, text, advice);
  }
}

function refusedAdvice(mechanism: string, { host }: LoginTarget): string {
  const what = mechanism === 'OAUTHBEARER' ? 'the token' : 'user name or password';
  return `${host} refuses ${what}: check sasl.jaas.config, and that sasl.mechanism=${mechanism} is what it is for.`;
}
