// What can go wrong on demand, and how one says so.
import { ErrorCode, type ErrorName } from '../../protocol/errors.ts';
import { type ApiName, apiByName } from '../../protocol/messages/index.ts';
import type { RequestFilter } from './request-log.ts';
import type { SeenRequest } from './seen-request.ts';

/** What happens to a request instead of, or before, being served. At least one of its fields is set. */
export interface Fault {
  /** The request is answered with this error, where Kafka's broker puts it in the answer of its API; it is not served. */
  readonly error?: ErrorName | number;
  /** The text of `error`, in the APIs that have room for one. Kafka's own without it. */
  readonly message?: string;
  /** The connection is closed without an answer. */
  readonly drop?: boolean;
  /** The request waits until the fault is released (or ends); what else the connection sends waits behind it, as in Kafka. */
  readonly stall?: boolean;
  /** The request waits so many milliseconds by the broker's clock. */
  readonly delayMs?: number;
  /** `error` and `drop` come after the request was served: it takes effect, and the client does not learn of it. */
  readonly after?: boolean;
}

/** A fault that was asked for. */
export interface FaultHandle<N extends ApiName = ApiName> {
  /** How many requests it has met. */
  readonly hits: number;
  /** Whether it will meet more. */
  readonly isActive: boolean;
  /** The next request that it meets; rejects if it ends before. */
  nextHit(): Promise<SeenRequest<N>>;
  /** Lets the requests go on that it holds up; it stays in force for those to come. */
  release(): void;
  /** Ends it: no more requests are met, and those it holds up go on. */
  remove(): void;
}

/** Trouble on demand. */
export interface Faults {
  /**
   * The next request of an API meets this fault, or the next `times` of those that match.
   * @param api '*' for requests of every API
   * @throws Error on an API or error that Kafka does not have, or a fault that says nothing
   */
  next<N extends ApiName>(
    api: N | '*',
    fault: Fault,
    filter?: RequestFilter<N> & { readonly times?: number },
  ): FaultHandle<N>;
  /** All requests of an API that match meet this fault until it is removed. @throws as {@link next} */
  always<N extends ApiName>(api: N | '*', fault: Fault, filter?: RequestFilter<N>): FaultHandle<N>;
  /** Removes all faults. */
  clear(): void;
}

/** @throws Error that says what is wrong with a fault */
export function checkFault(api: string, fault: Fault): void {
  if (api !== '*' && apiByName(api) === undefined) throw new Error(`Kafka has no API ${api} that a broker serves`);
  const { error, drop, stall, delayMs, after } = fault;
  if (error === undefined && !drop && !stall && delayMs === undefined)
    throw new Error('A fault needs at least one of error, drop, stall and delayMs');
  if (error !== undefined) codeOf(error);
  if (error !== undefined && drop) throw new Error('A fault answers with an error or drops the connection, not both');
  if (delayMs !== undefined && !(delayMs >= 0)) throw new Error(`delayMs must not be negative, was ${delayMs}`);
  if (after && error === undefined && !drop) throw new Error('after belongs to error or drop');
}

/** @throws Error if Kafka has no such error */
export function codeOf(error: ErrorName | number): number {
  if (typeof error === 'string' && error !== 'NONE' && Object.hasOwn(ErrorCode, error)) return ErrorCode[error];
  if (typeof error === 'number' && error !== 0 && Object.values<number>(ErrorCode).includes(error)) return error;
  throw new Error(`Kafka has no error ${error}`);
}
