// A client as telemetry knows it: what it was asked for and when it was heard of (ClientMetricsInstance).
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import type { ClientAttributes, Subscription } from './subscriptions.ts';

export class ClientInstance {
  readonly id: string;
  readonly attributes: ClientAttributes;
  subscription: Subscription;
  /** Of the subscriptions that `subscription` was made from. */
  version: number;
  isTerminating = false;
  lastError: number = ErrorCode.NONE;
  #lastGetMs = Number.NEGATIVE_INFINITY;
  #lastPushMs = Number.NEGATIVE_INFINITY;

  constructor(id: string, attributes: ClientAttributes, subscription: Subscription, version: number) {
    this.id = id;
    this.attributes = attributes;
    this.subscription = subscription;
    this.version = version;
  }

  /** What changes for the client lets it come at once. */
  resubscribe(subscription: Subscription, version: number): void {
    this.subscription = subscription;
    this.version = version;
    this.isTerminating = false;
    this.lastError = ErrorCode.NONE;
    this.#lastGetMs = Number.NEGATIVE_INFINITY;
    this.#lastPushMs = Number.NEGATIVE_INFINITY;
  }

  /** @throws KafkaError THROTTLING_QUOTA_EXCEEDED before the interval is over, except after an error that asks for it */
  acceptGet(nowMs: number): void {
    if (nowMs - Math.max(this.#lastGetMs, this.#lastPushMs) >= this.subscription.pushIntervalMs)
      this.#lastGetMs = nowMs;
    else if (!ASKING_FOR_GET.includes(this.lastError)) throw this.#tooEarly();
    this.lastError = ErrorCode.NONE;
  }

  /** The first push after a get may come early: clients spread theirs. @throws KafkaError THROTTLING_QUOTA_EXCEEDED, INVALID_REQUEST */
  acceptPush(nowMs: number, isTerminating: boolean): void {
    if (this.isTerminating) {
      const text = `Client [${this.id}] sent the previous request with state terminating to TRUE, can not acceptany requests after that`;
      throw new KafkaError(ErrorCode.INVALID_REQUEST, text);
    }
    const isInTime = this.#lastGetMs > this.#lastPushMs || nowMs - this.#lastPushMs >= this.subscription.pushIntervalMs;
    if (isInTime) this.#lastPushMs = nowMs;
    else if (!isTerminating) throw this.#tooEarly();
  }

  #tooEarly(): KafkaError {
    const text = `Request from the client [${this.id}] arrived before the next push interval time`;
    return new KafkaError(ErrorCode.THROTTLING_QUOTA_EXCEEDED, text);
  }
}

const ASKING_FOR_GET: readonly number[] = [ErrorCode.UNKNOWN_SUBSCRIPTION_ID, ErrorCode.UNSUPPORTED_COMPRESSION_TYPE];
