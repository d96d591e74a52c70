// The client's side of SCRAM (RFC 5802). Follows org.apache.kafka.common.security.scram.internals.ScramSaslClient.
import { timingSafeEqual } from 'node:crypto';
import { type SaslClient, SaslError } from './sasl.ts';
import {
  clientKey,
  randomText,
  type ScramMechanism,
  saltPassword,
  serverKey,
  signature,
  storedKey,
  xor,
} from './scram.ts';
import { clientFirstBare, parseServerFinal, parseServerFirst } from './scram-messages.ts';

export interface ScramClientOptions {
  readonly mechanism: ScramMechanism;
  readonly user: string;
  readonly password: string;
  /** `tokenauth=true` for a delegation token, for example. */
  readonly extensions?: Readonly<Record<string, string>>;
  readonly nonce?: () => string;
}

const GS2 = 'n,,';
/** More would keep the client busy for the server's pleasure; Kafka's own servers allow 16384. */
const MOST_ITERATIONS = 10_000_000;

export class ScramClient implements SaslClient {
  isComplete = false;
  readonly #options: ScramClientOptions;
  readonly #nonce: string;
  readonly #bare: string;
  #step: 'first' | 'final' | 'signature' | 'over' = 'first';
  #expectedSignature: Buffer = Buffer.alloc(0);

  constructor(options: ScramClientOptions) {
    this.#options = options;
    this.#nonce = (options.nonce ?? randomText)();
    this.#bare = clientFirstBare(options.user, this.#nonce, options.extensions ?? {});
  }

  async respond(message: Buffer): Promise<Buffer | undefined> {
    const step = this.#step;
    this.#step = 'over';
    if (step === 'first') {
      this.#step = 'final';
      return Buffer.from(GS2 + this.#bare);
    }
    if (step === 'final') {
      const final = await this.#final(message);
      this.#step = 'signature';
      return final;
    }
    if (step === 'over') throw new SaslError('Unexpected challenge in Sasl client state COMPLETE or FAILED');
    this.#check(message);
    this.isComplete = true;
    return undefined;
  }

  async #final(message: Buffer): Promise<Buffer> {
    const { mechanism, password } = this.#options;
    const { nonce, salt, iterations } = parseServerFirst(message);
    if (!nonce.startsWith(this.#nonce) || nonce === this.#nonce)
      throw new SaslError('Invalid server nonce: does not start with client nonce');
    if (iterations < mechanism.minIterations)
      throw new SaslError(
        `Requested iterations ${iterations} is less than the minimum ${mechanism.minIterations} for ${mechanism.name}`,
      );
    if (iterations > MOST_ITERATIONS)
      throw new SaslError(`Requested iterations ${iterations} is more than ${MOST_ITERATIONS}`);
    const salted = await saltPassword(mechanism, password, salt, iterations);
    const start = `c=${Buffer.from(GS2).toString('base64')},r=${nonce}`;
    const authMessage = `${this.#bare},${message.toString('utf8')},${start}`;
    const key = clientKey(mechanism, salted);
    const proof = xor(key, signature(mechanism, storedKey(mechanism, key), authMessage));
    this.#expectedSignature = signature(mechanism, serverKey(mechanism, salted), authMessage);
    return Buffer.from(`${start},p=${proof.toString('base64')}`);
  }

  #check(message: Buffer): void {
    const { error, signature: given } = parseServerFinal(message);
    const { name } = this.#options.mechanism;
    if (error !== undefined) throw new SaslError(`Sasl authentication using ${name} failed with error: ${error}`);
    const expected = this.#expectedSignature;
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      throw new SaslError('Invalid server signature in server final message');
  }
}
