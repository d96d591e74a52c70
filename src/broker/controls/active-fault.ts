// One fault while it is in force.
import type { ApiName } from '../../protocol/messages/index.ts';
import type { Clock } from '../../util/clock.ts';
import { type Deferred, deferred } from '../../util/deferred.ts';
import { CloseConnection, type Handler, type RequestContext } from '../handlers/define.ts';
import { errorAnswer } from './error-answer.ts';
import { codeOf, type Fault, type FaultHandle } from './fault.ts';
import { matches, type RequestFilter } from './request-log.ts';
import type { SeenRequest } from './seen-request.ts';

export interface ActiveFaultSettings {
  readonly api: ApiName | '*';
  readonly fault: Fault;
  readonly filter: RequestFilter;
  /** How many requests it meets; Infinity for all. */
  readonly times: number;
  /** Called when it meets no more. */
  readonly ended: (fault: ActiveFault) => void;
}

/** A request that is being served, and how to go on serving it. */
export interface Serving {
  readonly handler: Handler;
  readonly request: unknown;
  readonly context: RequestContext;
  readonly serve: () => unknown;
}

export class ActiveFault implements FaultHandle {
  readonly #settings: ActiveFaultSettings;
  #left: number;
  #hits = 0;
  #hit: Deferred<SeenRequest> | undefined;
  readonly #held = new Set<Deferred<boolean>>();

  constructor(settings: ActiveFaultSettings) {
    this.#settings = settings;
    this.#left = settings.times;
  }

  get hits(): number {
    return this.#hits;
  }

  get isActive(): boolean {
    return this.#left > 0;
  }

  /** Whether requests wait for it. */
  get isHolding(): boolean {
    return this.#held.size > 0;
  }

  nextHit(): Promise<SeenRequest> {
    if (!this.isActive) return Promise.reject(new Error('This fault meets no more requests'));
    this.#hit ??= deferred();
    // Whoever does not wait for it any more need not hear that it ended.
    this.#hit.promise.catch(() => {});
    return this.#hit.promise;
  }

  release(): void {
    this.#letGo(true);
  }

  remove(): void {
    this.#end();
    this.release();
  }

  /** Ends it without serving what it holds up. */
  abandon(): void {
    this.#end();
    this.#letGo(false);
  }

  /** Whether a request is one of those it meets; it then counts as met. */
  takes(seen: SeenRequest): boolean {
    const { api, filter } = this.#settings;
    if (!this.isActive || !matches(seen, api, filter)) return false;
    this.#hits++;
    const hit = this.#hit;
    this.#hit = undefined;
    hit?.resolve(seen);
    if (--this.#left <= 0) this.#end();
    return true;
  }

  /** @throws CloseConnection where the connection is to be dropped */
  async apply({ handler, request, context, serve }: Serving): Promise<unknown> {
    const { error, message = null, drop, stall, delayMs, after } = this.#settings.fault;
    if (stall && !(await this.#hold())) throw new CloseConnection('the broker gave up a stalled request');
    if (delayMs !== undefined && !(await this.#hold(delayMs, context.services.clock)))
      throw new CloseConnection('the broker gave up a delayed request');
    // A fetch has no effect but on its session, which the answer with the error is about to move on.
    if (after && (drop || handler.api.name !== 'Fetch')) await serve();
    if (drop) throw new CloseConnection('dropped by a fault');
    if (error === undefined) return serve();
    return errorAnswer(handler, request, context, { code: codeOf(error), message });
  }

  /** Until released or the time is up; false if the request is not to be served any more. */
  async #hold(ms?: number, clock?: Clock): Promise<boolean> {
    const held = deferred<boolean>();
    this.#held.add(held);
    const timer = ms === undefined ? undefined : clock?.setTimer(ms, () => held.resolve(true));
    const goesOn = await held.promise;
    timer?.cancel();
    this.#held.delete(held);
    return goesOn;
  }

  #letGo(goesOn: boolean): void {
    for (const held of this.#held) held.resolve(goesOn);
  }

  #end(): void {
    this.#left = 0;
    this.#hit?.reject(new Error('This fault was removed before it met another request'));
    this.#hit = undefined;
    this.#settings.ended(this);
  }
}
