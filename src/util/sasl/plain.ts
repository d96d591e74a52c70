// PLAIN (RFC 4616): one message, `[authzid] NUL user NUL password`. Texts are those of Kafka's PlainSaslServer.
import { SaslAuthenticationError, type SaslClient, type SaslLogin, type SaslServer } from './sasl.ts';

/** Whether the password is the user's; takes as long for users that there are not. */
export type PasswordCheck = (user: string, password: string) => boolean;

export class PlainServer implements SaslServer {
  login: SaslLogin | undefined;
  readonly #check: PasswordCheck;

  constructor(check: PasswordCheck) {
    this.#check = check;
  }

  respond(message: Buffer): Buffer {
    const parts = message.toString('utf8').split('\0');
    if (parts.length !== 3) {
      const count = Math.min(parts.length, 4);
      throw new SaslAuthenticationError(`Invalid SASL/PLAIN response: expected 3 tokens, got ${count}`);
    }
    const [authorizationId, user, password] = parts as [string, string, string];
    if (user === '') throw new SaslAuthenticationError('Authentication failed: username not specified');
    if (password === '') throw new SaslAuthenticationError('Authentication failed: password not specified');
    if (!this.#check(user, password))
      throw new SaslAuthenticationError('Authentication failed: Invalid username or password');
    if (authorizationId !== '' && authorizationId !== user)
      throw new SaslAuthenticationError(
        'Authentication failed: Client requested an authorization id that is different from username',
      );
    this.login = { authorizationId: user };
    return Buffer.alloc(0);
  }
}

export class PlainClient implements SaslClient {
  isComplete = false;
  readonly #message: Buffer;

  constructor(user: string, password: string) {
    this.#message = Buffer.from(`\0${user}\0${password}`);
  }

  respond(): Buffer {
    this.isComplete = true;
    return this.#message;
  }
}
