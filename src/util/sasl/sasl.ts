// What SASL mechanisms have in common (RFC 4422), without sockets: messages go in, messages come out.

/** An exchange has failed. The message is for a log: it may say whether a user exists, so the peer is not told. */
export class SaslError extends Error {
  override name = 'SaslError';
}

/** An exchange has failed for a reason that the peer may know. */
export class SaslAuthenticationError extends SaslError {
  override name = 'SaslAuthenticationError';
}

/** Who has logged in. */
export interface SaslLogin {
  readonly authorizationId: string;
  /** When the credential ends, in milliseconds since the epoch; undefined if it does not. */
  readonly expiresMs?: number;
  /** The login was with a delegation token. */
  readonly tokenAuthenticated?: boolean;
}

/** The server's side of one exchange. */
export interface SaslServer {
  /** Set when the exchange has succeeded. */
  readonly login: SaslLogin | undefined;
  /**
   * The answer to a message of the client; empty where there is nothing to say.
   * @throws SaslError if the exchange has failed: it cannot go on
   */
  respond(message: Buffer): Buffer | Promise<Buffer>;
}

/** The client's side of one exchange. */
export interface SaslClient {
  /** Whether everything was said that this side has to say, and everything checked. */
  readonly isComplete: boolean;
  /**
   * The first message, then the answer to each message of the server; undefined where there is nothing to answer.
   * @param message empty for the first message
   * @throws SaslError if the server proves to be the wrong one, or says nonsense
   */
  respond(message: Buffer): Buffer | undefined | Promise<Buffer | undefined>;
}
