// Between the requests of a broker and their handlers: where tests look on and interfere. While nobody does, `isActive` is
// false and requests go straight to their handlers.
import type { ApiName } from '../../protocol/messages/index.ts';
import type { Handler, RequestContext } from '../handlers/define.ts';
import { ActiveFault } from './active-fault.ts';
import { checkFault, type Fault, type FaultHandle, type Faults } from './fault.ts';
import { type RequestFilter, RequestLog } from './request-log.ts';
import { seenRequest } from './seen-request.ts';

/** How many requests are kept with `recordRequests: true`. */
const DEFAULT_LIMIT = 10_000;

export class Controls implements Faults {
  readonly requests: RequestLog;
  /** Those that meet requests still, in the order in which they were asked for. */
  readonly #faults = new Set<ActiveFault>();
  /** Those that may hold requests up, though they meet no more. */
  readonly #holding = new Set<ActiveFault>();
  /** Whether {@link serve} has anything to do. */
  isActive = false;

  /** @param recordRequests how many requests are kept; true for 10 000, false for none */
  constructor(recordRequests: boolean | number = false) {
    const limit = recordRequests === true ? DEFAULT_LIMIT : Number(recordRequests);
    if (!Number.isInteger(limit) || limit < 0)
      throw new Error(`recordRequests must be true, false or a number of requests, was ${recordRequests}`);
    this.requests = new RequestLog(limit, () => this.#look());
    this.#look();
  }

  /** Serves a request that somebody looks at; `serve` gives it to its handler. */
  serve(handler: Handler, request: unknown, context: RequestContext, serve: () => unknown): unknown {
    const seen = seenRequest(handler, request, context);
    const fault = [...this.#faults].find((each) => each.takes(seen));
    this.requests.add(seen);
    if (fault === undefined) return serve();
    this.#holding.add(fault);
    return fault.apply({ handler, request, context, serve }).finally(() => {
      if (!fault.isHolding) this.#holding.delete(fault);
    });
  }

  next<N extends ApiName>(
    api: N | '*',
    fault: Fault,
    { times = 1, ...filter }: RequestFilter<N> & { readonly times?: number } = {},
  ): FaultHandle<N> {
    if (!Number.isInteger(times) || times < 1) throw new Error(`times must be a positive number, was ${times}`);
    return this.#add(api, fault, filter, times);
  }

  always<N extends ApiName>(api: N | '*', fault: Fault, filter: RequestFilter<N> = {}): FaultHandle<N> {
    return this.#add(api, fault, filter, Number.POSITIVE_INFINITY);
  }

  clear(): void {
    for (const fault of [...this.#faults, ...this.#holding]) fault.remove();
  }

  /** Gives up what is held up, forgets all faults and requests. */
  reset(): void {
    for (const fault of [...this.#faults, ...this.#holding]) fault.abandon();
    this.requests.clear();
  }

  /** As {@link reset}; nobody waits for a request any more. */
  close(): void {
    this.reset();
    this.requests.close();
  }

  #add<N extends ApiName>(api: N | '*', fault: Fault, filter: RequestFilter<N>, times: number): FaultHandle<N> {
    checkFault(api, fault);
    const ended = (over: ActiveFault) => {
      this.#faults.delete(over);
      this.#look();
    };
    const active = new ActiveFault({ api, fault, filter: filter as RequestFilter, times, ended });
    this.#faults.add(active);
    this.#look();
    return active as unknown as FaultHandle<N>;
  }

  #look(): void {
    this.isActive = this.#faults.size > 0 || this.requests.isActive;
  }
}
