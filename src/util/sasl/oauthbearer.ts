// OAUTHBEARER (RFC 7628), both sides. Texts are those of Kafka's OAuthBearerSaslServer and OAuthBearerSaslClient.
import { ACKNOWLEDGED_ERROR, bearerMessage, parseBearerMessage } from './oauthbearer-messages.ts';
import { SaslAuthenticationError, type SaslClient, SaslError, type SaslLogin, type SaslServer } from './sasl.ts';

/** A token that was found to be good. */
export interface BearerToken {
  readonly principal: string;
  /** When it ends, in milliseconds since the epoch. */
  readonly expiresMs: number;
  readonly scope: readonly string[];
}

/** A token is refused; `detail` is for the log only. */
export class TokenRefused extends Error {
  override name = 'TokenRefused';
  readonly status: 'invalid_token' | 'insufficient_scope';
  readonly scope: string | undefined;

  constructor(detail: string, scope?: string) {
    super(detail);
    this.status = scope === undefined ? 'invalid_token' : 'insufficient_scope';
    this.scope = scope;
  }
}

/** @throws TokenRefused (also as a rejection); any other error is the server's own trouble */
export type TokenValidator = (token: string) => BearerToken | Promise<BearerToken>;

export class BearerServer implements SaslServer {
  login: SaslLogin | undefined;
  readonly #validate: TokenValidator;
  readonly #refused: ((reason: TokenRefused) => void) | undefined;
  #refusal: string | undefined;

  /** @param refused told why a token is refused, which the client is not told in full */
  constructor(validate: TokenValidator, refused?: (reason: TokenRefused) => void) {
    this.#validate = validate;
    this.#refused = refused;
  }

  async respond(message: Buffer): Promise<Buffer> {
    const refusal = this.#refusal;
    this.#refusal = undefined;
    if (refusal !== undefined && message.equals(ACKNOWLEDGED_ERROR)) throw new SaslAuthenticationError(refusal);
    const { token, authorizationId } = parseBearerMessage(message);
    let accepted: BearerToken;
    try {
      accepted = await this.#validate(token);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw internalError(error);
      this.#refused?.(error);
      const scope = error.scope === undefined ? '' : `, "scope":"${error.scope}"`;
      this.#refusal = `{"status":"${error.status}"${scope}}`;
      return Buffer.from(this.#refusal);
    }
    const { principal, expiresMs } = accepted;
    if (authorizationId !== '' && authorizationId !== principal)
      throw new SaslAuthenticationError(
        `Authentication failed: Client requested an authorization id (${authorizationId}) that is different from the token's principal name (${principal})`,
      );
    this.login = { authorizationId: principal, expiresMs };
    return Buffer.alloc(0);
  }
}

function internalError(error: unknown): SaslError {
  const reason = error instanceof Error ? error.message : String(error);
  return new SaslError(`Authentication could not be performed due to an internal error on the server: ${reason}`);
}

export class BearerClient implements SaslClient {
  isComplete = false;
  readonly #first: Buffer;
  #sent = false;

  /** @throws SaslError if an extension cannot be sent */
  constructor(token: string, extensions?: ReadonlyMap<string, string>) {
    this.#first = bearerMessage(token, extensions);
  }

  respond(message: Buffer): Buffer | undefined {
    if (!this.#sent) {
      this.#sent = true;
      return this.#first;
    }
    // Why the token is refused comes as a message that wants to be acknowledged before the refusal itself.
    if (message.length > 0) return ACKNOWLEDGED_ERROR;
    this.isComplete = true;
    return undefined;
  }
}
