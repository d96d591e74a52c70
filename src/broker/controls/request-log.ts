// What a broker was asked: kept for a test to read, or waited for.
import type { ApiName } from '../../protocol/messages/index.ts';
import { type Deferred, deferred } from '../../util/deferred.ts';
import type { SeenRequest } from './seen-request.ts';

/** Which requests are meant. */
export interface RequestFilter<N extends ApiName = ApiName> {
  readonly clientId?: string | RegExp;
  /** Of the topics that a request names. */
  readonly topic?: string;
  /** Anything else; asked last. */
  readonly where?: (request: SeenRequest<N>) => boolean;
}

export function matches<N extends ApiName>(
  request: SeenRequest,
  api: N | '*',
  { clientId, topic, where }: RequestFilter<N>,
): boolean {
  if (api !== '*' && request.api !== api) return false;
  if (typeof clientId === 'string' && request.clientId !== clientId) return false;
  if (clientId instanceof RegExp && !clientId.test(request.clientId ?? '')) return false;
  if (topic !== undefined && !request.topics.includes(topic)) return false;
  return where?.(request as SeenRequest<N>) ?? true;
}

/** The requests that a broker saw. */
export interface Requests {
  /**
   * All that is kept, the oldest first.
   * @throws Error if the broker was not started with `recordRequests`
   */
  all(): readonly SeenRequest[];
  /**
   * The kept requests of one API.
   * @throws Error if the broker was not started with `recordRequests`
   */
  of<N extends ApiName>(api: N, filter?: RequestFilter<N>): readonly SeenRequest<N>[];
  /**
   * The next request that matches and comes from now on; needs no `recordRequests`. It is seen before it is served.
   * @param options.timeoutMs real time after which the promise rejects (default 10 s)
   */
  waitFor<N extends ApiName>(
    api: N | '*',
    options?: RequestFilter<N> & { readonly timeoutMs?: number },
  ): Promise<SeenRequest<N>>;
  /** Forgets what is kept. */
  clear(): void;
}

interface Waiter {
  matches(request: SeenRequest): boolean;
  readonly found: Deferred<SeenRequest>;
}

const DEFAULT_TIMEOUT_MS = 10_000;

export class RequestLog implements Requests {
  readonly #limit: number;
  readonly #changed: () => void;
  #kept: SeenRequest[] = [];
  readonly #waiters = new Set<Waiter>();

  /**
   * @param limit how many requests are kept, the newest; 0 for none
   * @param changed told when {@link isActive} may have changed
   */
  constructor(limit: number, changed: () => void) {
    this.#limit = limit;
    this.#changed = changed;
  }

  /** Whether anybody wants to know of requests. */
  get isActive(): boolean {
    return this.#limit > 0 || this.#waiters.size > 0;
  }

  all(): readonly SeenRequest[] {
    if (this.#limit === 0)
      throw new Error('This broker keeps no requests: start it with recordRequests: true, or use requests.waitFor()');
    return this.#kept.slice(-this.#limit);
  }

  of<N extends ApiName>(api: N, filter: RequestFilter<N> = {}): readonly SeenRequest<N>[] {
    return this.all().filter((request): request is SeenRequest<N> => matches(request, api, filter));
  }

  waitFor<N extends ApiName>(
    api: N | '*',
    options: RequestFilter<N> & { readonly timeoutMs?: number } = {},
  ): Promise<SeenRequest<N>> {
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    const waiter: Waiter = { matches: (request) => matches(request, api, options), found: deferred() };
    this.#waiters.add(waiter);
    this.#changed();
    const what = api === '*' ? 'request' : `${api} request`;
    const timer = setTimeout(
      () => this.#giveUp(waiter, `No ${what} that matches came within ${timeoutMs} ms`),
      timeoutMs,
    );
    const found = waiter.found.promise.finally(() => clearTimeout(timer));
    // Whoever does not wait any more, a test that failed for example, need not hear that the broker was stopped.
    found.catch(() => {});
    return found as Promise<SeenRequest<N>>;
  }

  clear(): void {
    this.#kept = [];
  }

  /** A request came in. */
  add(request: SeenRequest): void {
    if (this.#limit > 0) this.#kept.push(request);
    // In one go now and then: taking the first of a long array away each time costs more.
    if (this.#kept.length > 2 * this.#limit) this.#kept = this.#kept.slice(-this.#limit);
    for (const waiter of this.#waiters) {
      if (!waiter.matches(request)) continue;
      this.#waiters.delete(waiter);
      waiter.found.resolve(request);
    }
    this.#changed();
  }

  /** Nothing comes any more. */
  close(): void {
    for (const waiter of this.#waiters)
      this.#giveUp(waiter, 'The broker was stopped before a request that matches came');
  }

  #giveUp(waiter: Waiter, why: string): void {
    this.#waiters.delete(waiter);
    this.#changed();
    waiter.found.reject(new Error(why));
  }
}
