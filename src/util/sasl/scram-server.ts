// The server's side of SCRAM (RFC 5802). Follows org.apache.kafka.common.security.scram.internals.ScramSaslServer, with three
// differences on the safe side: a user that is not there fails at the end as a wrong password does, the channel binding of
// the last message must be the very one of the first, and mandatory extensions are refused.
import { SaslAuthenticationError, SaslError, type SaslLogin, type SaslServer } from './sasl.ts';
import { provesKey, randomText, type ScramKeys, type ScramMechanism, signature } from './scram.ts';
import { type ClientFirst, parseClientFinal, parseClientFirst, serverFirst } from './scram-messages.ts';

/** What is known of a name: of a delegation token also whose it is and when it ends. */
export interface ScramAccount {
  /** Keys of nobody for a name that is not there: the exchange then goes to its end and fails. */
  readonly keys: ScramKeys;
  /** Undefined for a name that is not there. */
  readonly login: SaslLogin | undefined;
}

/** Where accounts are looked up. Salts must be stable, also those of names that are not there. */
export interface ScramAccounts {
  user(name: string): ScramAccount;
  token(id: string): ScramAccount | Promise<ScramAccount>;
}

interface Exchange {
  readonly first: ClientFirst;
  readonly account: ScramAccount;
  readonly nonce: string;
  readonly serverFirst: string;
}

export class ScramServer implements SaslServer {
  login: SaslLogin | undefined;
  readonly #mechanism: ScramMechanism;
  readonly #accounts: ScramAccounts;
  readonly #nonce: () => string;
  #exchange: Exchange | undefined;
  #isOver = false;

  constructor(mechanism: ScramMechanism, accounts: ScramAccounts, nonce: () => string = randomText) {
    this.#mechanism = mechanism;
    this.#accounts = accounts;
    this.#nonce = nonce;
  }

  async respond(message: Buffer): Promise<Buffer> {
    if (this.#isOver) throw new SaslError('Unexpected challenge in Sasl server state COMPLETE or FAILED');
    const exchange = this.#exchange;
    try {
      if (exchange === undefined) return await this.#begin(message);
      this.#isOver = true;
      return this.#end(message, exchange);
    } catch (error) {
      this.#isOver = true;
      throw error;
    }
  }

  async #begin(message: Buffer): Promise<Buffer> {
    const first = parseClientFirst(message);
    const byToken = first.extensions.get('tokenauth')?.toLowerCase() === 'true';
    const account = await (byToken ? this.#accounts.token(first.user) : this.#accounts.user(first.user));
    if (first.authorizationId !== '' && first.authorizationId !== first.user)
      throw new SaslAuthenticationError(
        'Authentication failed: Client requested an authorization id that is different from username',
      );
    const { name, minIterations } = this.#mechanism;
    const { salt, iterations } = account.keys;
    if (iterations < minIterations)
      throw new SaslError(`Iterations ${iterations} is less than the minimum ${minIterations} for ${name}`);
    const nonce = first.nonce + this.#nonce();
    const answer = serverFirst({ nonce, salt, iterations });
    this.#exchange = { first, account, nonce, serverFirst: answer };
    return Buffer.from(answer);
  }

  #end(message: Buffer, { first, account, nonce, serverFirst }: Exchange): Buffer {
    const final = parseClientFinal(message);
    // The whole nonce is its end: librdkafka before 2.2, and so the kcat of Debian 12, has its own part there twice. Kafka let
    // that pass until 3.7 and refuses it now; nothing is lost by it, what the server made is there.
    if (!final.nonce.endsWith(nonce)) throw new SaslError('Invalid client nonce in the final client message.');
    if (final.binding !== first.gs2) throw new SaslError('Invalid channel binding in the final client message.');
    const authMessage = `${first.bare},${serverFirst},${final.start}`;
    const { keys, login } = account;
    const proven = provesKey(this.#mechanism, keys.storedKey, authMessage, final.proof);
    if (!proven || login === undefined) throw new SaslError('Invalid client credentials');
    this.login = login;
    return Buffer.from(`v=${signature(this.#mechanism, keys.serverKey, authMessage).toString('base64')}`);
  }
}
