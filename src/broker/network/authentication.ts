// Who is at the other end of a connection, and whether that is settled. A PLAINTEXT client is anonymous from the start, an
// SSL client is whom its certificate names, and a SASL client may do nothing but log in until it has.
import { ApiVersions } from '../../protocol/messages/api-versions.ts';
import { SaslHandshake } from '../../protocol/messages/sasl-handshake.ts';
import type { Api } from '../../protocol/schema.ts';
import { isSasl, type SecurityProtocol } from '../config/listeners.ts';
import type { Answer } from './answer.ts';

/** KafkaPrincipal.ANONYMOUS. */
export const ANONYMOUS = 'User:ANONYMOUS';

/** Before the first handshake. */
const BEFORE_LOGIN: ReadonlySet<number> = new Set([ApiVersions.key, SaslHandshake.key]);

/** What is known beside the principal after a login. */
export interface LoginDetails {
  /** The login was with a delegation token (KafkaPrincipal.tokenAuthenticated). */
  readonly tokenAuthenticated?: boolean;
}

/** Why a request ends the connection. */
export interface Refusal {
  readonly reason: string;
  /** It is answered first, with ILLEGAL_SASL_STATE. */
  readonly isAnswered?: boolean;
}

/** Where a SASL client is on its way in, or back in. */
export interface SaslState {
  /** A mechanism is chosen, and its messages are under way. */
  readonly isInExchange: boolean;
  /** Undefined if a request is served now. */
  refusal(api: Api): Refusal | undefined;
}

/** Kafka's sentence, with its name of the API: CREATE_TOPICS. */
export const unexpected = ({ name }: Api, step: 'handshake' | 'authentication'): string =>
  `Unexpected Kafka request of type ${name.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase()} during SASL ${step}.`;

export class Authentication {
  /**
   * Set while what comes are no requests but frames that only an authenticator understands: the tokens that follow
   * SaslHandshake v0. They are its to answer.
   */
  rawFrames: ((frame: Buffer) => Answer | Promise<Answer>) | undefined;
  /** A client that has not logged in is told the versions once, as by Kafka. */
  knowsVersions = false;
  /** What the handlers of SASL keep from the first handshake on. */
  sasl: SaslState | undefined;
  /** Called once, when requests begin to be served after a login. */
  onComplete: (() => void) | undefined;
  readonly #isSasl: boolean;
  #principal: string;
  #isComplete: boolean;
  #tokenAuthenticated = false;

  /** @param principal of a client that does not use SASL */
  constructor(protocol: SecurityProtocol, principal: string = ANONYMOUS) {
    this.#isSasl = isSasl(protocol);
    this.#principal = this.#isSasl ? ANONYMOUS : principal;
    this.#isComplete = !this.#isSasl;
  }

  /** `User:alice`; ANONYMOUS until a login is complete. */
  get principal(): string {
    return this.#principal;
  }

  get isSasl(): boolean {
    return this.#isSasl;
  }

  /** Whether requests are served. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  get tokenAuthenticated(): boolean {
    return this.#tokenAuthenticated;
  }

  /** A login has succeeded. */
  complete(principal: string, { tokenAuthenticated = false }: LoginDetails = {}): void {
    this.#principal = principal;
    this.#tokenAuthenticated = tokenAuthenticated;
    this.#isComplete = true;
    this.rawFrames = undefined;
    this.onComplete?.();
    this.onComplete = undefined;
  }

  /** Undefined if a request is served now (SaslServerAuthenticator.handleKafkaRequest). */
  refusal(api: Api): Refusal | undefined {
    const isRepeated = api === ApiVersions && this.knowsVersions && !this.#isComplete;
    if (this.sasl !== undefined && (this.sasl.isInExchange || !isRepeated)) return this.sasl.refusal(api);
    if (this.#isComplete || (BEFORE_LOGIN.has(api.key) && !isRepeated)) return undefined;
    return { reason: unexpected(api, 'handshake') };
  }
}
