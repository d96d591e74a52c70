// The keys that a broker checks tokens with, from sasl.oauthbearer.jwks.endpoint.url: fetched when they are first needed,
// again when they are old or a token names one that is not there. Follows Kafka's RefreshingHttpsJwks.
import { fileURLToPath } from 'node:url';
import { httpExchange } from '../../security/http.ts';
import { readSettingFile } from '../../security/read-file.ts';
import type { TlsSetting } from '../../security/tls/stores.ts';
import type { Clock } from '../../util/clock.ts';
import { parseKeySet, type VerificationKey } from '../../util/jwt.ts';
import type { Logger } from '../../util/logger.ts';

export interface KeySetOptions {
  /** file:, http: or https:. */
  readonly url: string;
  /** How old keys may get, in milliseconds. */
  readonly refreshMs: number;
  /** Pause after a fetch that failed: the first one, and the longest. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  readonly tls: TlsSetting;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A key that was asked for and is not there is not fetched again for so long: tokens are cheap to make up. */
const MISSING_KEY_MS = 60_000;

export class KeySet {
  readonly #options: KeySetOptions;
  #keys: readonly VerificationKey[] | undefined;
  #fetchedMs = 0;
  #fetching: Promise<void> | undefined;
  #failures = 0;
  #notBeforeMs = 0;
  #missedMs: number | undefined;

  constructor(options: KeySetOptions) {
    this.#options = options;
  }

  /**
   * The keys, with the one of this id if there is one.
   * @throws Error if there are none yet and they cannot be had
   */
  async keys(id: unknown): Promise<readonly VerificationKey[]> {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#keys === undefined) await this.#fetch();
    else if (nowMs - this.#fetchedMs >= this.#options.refreshMs) await this.#fetch().catch(() => {});
    if (id !== undefined && !this.#keys?.some((key) => key.id === id)) await this.#fetchMissing();
    return this.#keys ?? [];
  }

  async #fetchMissing(): Promise<void> {
    const nowMs = this.#options.clock.monotonicMs();
    if (this.#fetchedMs === nowMs || (this.#missedMs !== undefined && nowMs - this.#missedMs < MISSING_KEY_MS)) return;
    this.#missedMs = nowMs;
    await this.#fetch().catch(() => {});
  }

  #fetch(): Promise<void> {
    this.#fetching ??= this.#read().finally(() => {
      this.#fetching = undefined;
    });
    return this.#fetching;
  }

  async #read(): Promise<void> {
    const { clock, logger, backoffMs, backoffMaxMs } = this.#options;
    if (clock.monotonicMs() < this.#notBeforeMs) throw new Error('the keys could not be had just now');
    try {
      this.#keys = parseKeySet(await this.#text());
      this.#fetchedMs = clock.monotonicMs();
      this.#failures = 0;
    } catch (error) {
      this.#notBeforeMs = clock.monotonicMs() + Math.min(backoffMs * 2 ** this.#failures++, backoffMaxMs);
      logger.warn(`The keys for OAUTHBEARER tokens cannot be read: ${(error as Error).message}`);
      throw error;
    }
  }

  async #text(): Promise<string> {
    const { url, tls } = this.#options;
    if (url.startsWith('file:')) return readSettingFile(fileURLToPath(url)).toString('utf8');
    const { status, body } = await httpExchange({ url, tls, headers: { Accept: 'application/json' } });
    if (status !== 200) throw new Error(`${url} answers with status ${status}`);
    return body;
  }
}
