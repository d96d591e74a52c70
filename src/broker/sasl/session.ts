// What a SASL connection is at: waiting for a handshake, in an exchange, logged in for some time, logging in once more
// (KIP-368). Follows org.apache.kafka.common.security.authenticator.SaslServerAuthenticator.
import { ApiVersions } from '../../protocol/messages/api-versions.ts';
import { SaslAuthenticate } from '../../protocol/messages/sasl-authenticate.ts';
import { SaslHandshake } from '../../protocol/messages/sasl-handshake.ts';
import type { Api } from '../../protocol/schema.ts';
import type { Clock } from '../../util/clock.ts';
import { SaslAuthenticationError, SaslError, type SaslLogin, type SaslServer } from '../../util/sasl/sasl.ts';
import { type Authentication, type Refusal, type SaslState, unexpected } from '../network/authentication.ts';
import type { ServerMechanism } from './mechanisms.ts';

/** A client may log in again after this long, and not earlier (KafkaChannel). */
const MIN_REAUTHENTICATION_MS = 1000;

interface Exchange {
  readonly mechanism: string;
  readonly maxReauthMs: number;
  readonly server: SaslServer;
}

/** The answer to one message of an exchange. */
export interface Step {
  readonly answer: Buffer;
  /** How long the login is good for, in milliseconds; 0 without limit, and while the exchange goes on. */
  readonly sessionLifetimeMs: number;
}

export class SaslSession implements SaslState {
  readonly #authentication: Authentication;
  readonly #clock: Clock;
  #exchange: Exchange | undefined;
  #mechanism: string | undefined;
  #expiresMs: number | undefined;
  #reauthenticatedMs: number | undefined;
  #changesMechanism = false;

  constructor(authentication: Authentication, clock: Clock) {
    this.#authentication = authentication;
    this.#clock = clock;
  }

  get isInExchange(): boolean {
    return this.#exchange !== undefined;
  }

  /** Whether a handshake is taken up: the first one, and later ones to log in again, but not too often. */
  get mayBegin(): boolean {
    if (this.isInExchange) return false;
    const lastMs = this.#reauthenticatedMs;
    return lastMs === undefined || this.#clock.monotonicMs() - lastMs >= MIN_REAUTHENTICATION_MS;
  }

  get #isAgain(): boolean {
    return this.#authentication.isComplete;
  }

  /** `authentication` or `re-authentication`, as the messages have it. */
  get #what(): string {
    return this.#isAgain ? 're-authentication' : 'authentication';
  }

  begin(name: string, { begin, maxReauthMs }: ServerMechanism): void {
    if (this.#isAgain) this.#reauthenticatedMs = this.#clock.monotonicMs();
    this.#changesMechanism = this.#mechanism !== undefined && this.#mechanism !== name;
    this.#exchange = { mechanism: name, maxReauthMs, server: begin() };
  }

  /**
   * Takes a message of the client.
   * @throws SaslAuthenticationError with the text for the client, whose cause is for the log
   */
  async step(message: Buffer): Promise<Step> {
    const exchange = this.#exchange;
    if (exchange === undefined) throw new SaslAuthenticationError('There is no SASL exchange to go on with');
    const { mechanism, server } = exchange;
    if (this.#changesMechanism)
      throw new SaslAuthenticationError(
        `SASL mechanism '${mechanism}' requested by client is not supported for re-authentication of mechanism '${this.#mechanism}'`,
      );
    try {
      const answer = await server.respond(message);
      return { answer, sessionLifetimeMs: server.login === undefined ? 0 : this.#complete(exchange, server.login) };
    } catch (error) {
      if (error instanceof SaslAuthenticationError || !(error instanceof SaslError)) throw error;
      const text = `Authentication failed during ${this.#what} due to invalid credentials with SASL mechanism ${mechanism}`;
      throw new SaslAuthenticationError(text, { cause: error });
    }
  }

  refusal(api: Api): Refusal | undefined {
    if (this.isInExchange)
      return api === SaslAuthenticate ? undefined : { reason: unexpected(api, 'authentication'), isAnswered: true };
    if (!this.#authentication.isComplete)
      return api === SaslHandshake || api === ApiVersions ? undefined : { reason: unexpected(api, 'handshake') };
    const expired = this.#expiresMs !== undefined && this.#clock.monotonicMs() >= this.#expiresMs;
    return expired && api !== SaslHandshake ? { reason: 'its login has expired and was not renewed' } : undefined;
  }

  #complete({ mechanism, maxReauthMs }: Exchange, login: SaslLogin): number {
    const principal = `User:${login.authorizationId}`;
    const { principal: previous } = this.#authentication;
    if (this.#isAgain && previous !== principal)
      throw new SaslAuthenticationError(
        `Cannot change principals during re-authentication from ${dotted(previous)}: ${dotted(principal)}`,
      );
    this.#exchange = undefined;
    this.#mechanism = mechanism;
    const lifetimeMs = lifetimeOf(login, maxReauthMs, this.#clock.nowMs());
    this.#expiresMs = lifetimeMs === undefined ? undefined : this.#clock.monotonicMs() + lifetimeMs;
    this.#authentication.complete(principal, { tokenAuthenticated: login.tokenAuthenticated ?? false });
    return lifetimeMs ?? 0;
  }
}

/** The shorter of the credential's life and the broker's limit; undefined without either. */
function lifetimeOf({ expiresMs }: SaslLogin, maxReauthMs: number, nowMs: number): number | undefined {
  const limits = [...(expiresMs === undefined ? [] : [expiresMs - nowMs]), ...(maxReauthMs > 0 ? [maxReauthMs] : [])];
  return limits.length === 0 ? undefined : Math.max(0, Math.min(...limits));
}

function dotted(principal: string): string {
  return principal.replace(':', '.');
}
