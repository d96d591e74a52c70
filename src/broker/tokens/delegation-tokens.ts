// The delegation tokens of the cluster (KIP-48, KIP-373): made and changed as metadata records, gone when their time is over.
// A token's secret is never stored: it follows from its id and delegation.token.secret.key.
// Follows org.apache.kafka.controller.DelegationTokenControlManager.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { Clock } from '../../util/clock.ts';
import {
  clientKey,
  imitatedSalt,
  type ScramKeys,
  type ScramMechanism,
  saltPassword,
  serverKey,
  storedKey,
} from '../../util/sasl/scram.ts';
import { randomUuid } from '../../util/uuid.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { DelegationToken } from '../metadata/image.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';

export interface DelegationTokenParts {
  readonly config: () => BrokerConfig;
  readonly metadata: Pick<MetadataStore, 'delegationTokens' | 'putDelegationToken' | 'removeDelegationTokens'>;
  readonly clock: Clock;
}

export interface NewToken {
  /** Principals as `User:alice`. */
  readonly owner: string;
  readonly requester: string;
  readonly renewers: readonly string[];
  /** Milliseconds; what the broker allows if it is not positive. */
  readonly maxLifetimeMs: number;
}

export class DelegationTokens {
  readonly #parts: DelegationTokenParts;
  readonly #keys = new Map<string, Promise<ScramKeys>>();

  constructor(parts: DelegationTokenParts) {
    this.#parts = parts;
  }

  /** Whether delegation.token.secret.key is set. */
  get isEnabled(): boolean {
    return this.#secret !== undefined;
  }

  get all(): Iterable<DelegationToken> {
    return this.#parts.metadata.delegationTokens.values();
  }

  /** By id; undefined if there is none, or tokens are not enabled. */
  get(tokenId: string): DelegationToken | undefined {
    return this.isEnabled ? this.#parts.metadata.delegationTokens.get(tokenId) : undefined;
  }

  /** The secret that whoever holds a token knows. @throws KafkaError DELEGATION_TOKEN_AUTH_DISABLED */
  hmacOf(tokenId: string): Buffer {
    return createHmac('sha512', this.#requiredSecret()).update(tokenId).digest();
  }

  /** What a login with the token is checked against: its secret in base64 is the password. */
  scramKeys(tokenId: string, mechanism: ScramMechanism): Promise<ScramKeys> {
    const name = `${mechanism.name}/${tokenId}`;
    let keys = this.#keys.get(name);
    if (keys === undefined) {
      keys = this.#deriveKeys(tokenId, mechanism);
      this.#keys.set(name, keys);
    }
    return keys;
  }

  /** @throws KafkaError DELEGATION_TOKEN_AUTH_DISABLED */
  create({ owner, requester, renewers, maxLifetimeMs }: NewToken): DelegationToken {
    this.#requiredSecret();
    const { delegationTokenMaxLifetimeMs, delegationTokenExpiryTimeMs } = this.#parts.config();
    const nowMs = this.#parts.clock.nowMs();
    const lifeMs =
      maxLifetimeMs > 0 ? Math.min(delegationTokenMaxLifetimeMs, maxLifetimeMs) : delegationTokenMaxLifetimeMs;
    const maxTimestamp = nowMs + lifeMs;
    const token = {
      tokenId: randomUuid(),
      ...{ owner, requester, renewers, issueTimestamp: nowMs, maxTimestamp },
      expirationTimestamp: Math.min(maxTimestamp, nowMs + delegationTokenExpiryTimeMs),
    };
    this.#parts.metadata.putDelegationToken(token);
    return token;
  }

  /**
   * Lets a token live on from now.
   * @param periodMs what the broker gives by default if it is not positive
   * @returns when it ends, in milliseconds since the epoch
   * @throws KafkaError DELEGATION_TOKEN_AUTH_DISABLED, …_NOT_FOUND, …_EXPIRED, …_OWNER_MISMATCH
   */
  renew(hmac: Buffer, principal: string, periodMs: number): number {
    const token = this.#held(hmac);
    if (this.#isOver(token)) throw new KafkaError(ErrorCode.DELEGATION_TOKEN_EXPIRED);
    checkMayRenew(token, principal);
    const { delegationTokenExpiryTimeMs: usualMs } = this.#parts.config();
    return this.#endAt(token, this.#parts.clock.nowMs() + (periodMs > 0 ? Math.min(usualMs, periodMs) : usualMs));
  }

  /**
   * Lets a token end in `periodMs`, at once if that is negative.
   * @returns when it ends
   * @throws KafkaError as {@link renew}
   */
  expire(hmac: Buffer, principal: string, periodMs: number): number {
    const token = this.#held(hmac);
    checkMayRenew(token, principal);
    const nowMs = this.#parts.clock.nowMs();
    if (periodMs < 0) {
      this.#remove([token.tokenId]);
      return nowMs;
    }
    if (this.#isOver(token)) throw new KafkaError(ErrorCode.DELEGATION_TOKEN_EXPIRED);
    return this.#endAt(token, nowMs + periodMs);
  }

  /** Removes the tokens whose time is over, and gives their ids and owners. */
  sweep(): DelegationToken[] {
    const over = [...this.all].filter((token) => this.#isOver(token));
    this.#remove(over.map(({ tokenId }) => tokenId));
    return over;
  }

  get #secret(): string | undefined {
    return this.#parts.config().values.get('delegation.token.secret.key') || undefined;
  }

  #requiredSecret(): string {
    const secret = this.#secret;
    if (secret === undefined) throw new KafkaError(ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED);
    return secret;
  }

  #held(hmac: Buffer): DelegationToken {
    this.#requiredSecret();
    for (const token of this.all) {
      const known = this.hmacOf(token.tokenId);
      if (hmac.length === known.length && timingSafeEqual(hmac, known)) return token;
    }
    throw new KafkaError(ErrorCode.DELEGATION_TOKEN_NOT_FOUND);
  }

  #isOver({ maxTimestamp, expirationTimestamp }: DelegationToken): boolean {
    return Math.min(maxTimestamp, expirationTimestamp) < this.#parts.clock.nowMs();
  }

  #endAt(token: DelegationToken, timestamp: number): number {
    const expirationTimestamp = Math.min(token.maxTimestamp, timestamp);
    this.#parts.metadata.putDelegationToken({ ...token, expirationTimestamp });
    return expirationTimestamp;
  }

  #remove(tokenIds: readonly string[]): void {
    this.#parts.metadata.removeDelegationTokens(tokenIds);
    for (const name of this.#keys.keys())
      if (tokenIds.includes(name.slice(name.indexOf('/') + 1))) this.#keys.delete(name);
  }

  async #deriveKeys(tokenId: string, mechanism: ScramMechanism): Promise<ScramKeys> {
    const hmac = this.hmacOf(tokenId);
    const salt = imitatedSalt(hmac, `${mechanism.name}/${tokenId}`);
    const iterations = mechanism.minIterations;
    const salted = await saltPassword(mechanism, hmac.toString('base64'), salt, iterations);
    const stored = storedKey(mechanism, clientKey(mechanism, salted));
    return { salt, iterations, storedKey: stored, serverKey: serverKey(mechanism, salted) };
  }
}

function checkMayRenew({ owner, renewers }: DelegationToken, principal: string): void {
  if (owner === principal || renewers.includes(principal)) return;
  throw new KafkaError(ErrorCode.DELEGATION_TOKEN_OWNER_MISMATCH);
}
