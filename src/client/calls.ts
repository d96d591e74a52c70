// Calls that find their way to the right broker and are repeated by Kafka's rules (KafkaAdminClient.Call, NetworkClient).
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { Metadata } from '../protocol/messages/metadata.ts';
import type { Timer } from '../util/clock.ts';
import type { Broker } from './broker-link.ts';
import type { BrokerLinks } from './broker-links.ts';
import type { CallContext } from './call-context.ts';
import { notByControllers, SERVED_BY_CONTROLLERS } from './controller-calls.ts';
import { CoordinatorType, coordinatorOf } from './coordinator.ts';
import { AnswerError, ConnectionError, TimeoutError } from './errors.ts';
import type { KeepAlive } from './keep-alive.ts';
import type { MetadataCache } from './metadata-cache.ts';

/** Where a call goes: any broker, the controller, a broker id, the coordinator of a group or a transactional id. */
export type Route =
  | 'any'
  | 'controller'
  | { readonly broker: number }
  | { readonly group: string }
  | { readonly transactionalId: string };

/** All the time of a call went by without a broker to send it to. */
class NoNodeError extends TimeoutError {
  constructor(name: string, cause: unknown) {
    super(`Timed out waiting for a node assignment. Call: ${name}`, cause);
  }
}

/** What Kafka's messages call the search for the broker of a call: it is a call of its own for a coordinator. */
function searchName(name: string, route: Route): string {
  const byCoordinator = typeof route === 'object' && !('broker' in route);
  return byCoordinator ? `${name.replace(/\(.*/, '')}(api=FIND_COORDINATOR)` : name;
}

/** How often Kafka's client asks a node for metadata that has none to give, and says so. */
const METADATA_TRIES = 4;

export class Calls {
  readonly #context: CallContext;
  readonly #metadata: MetadataCache;
  readonly #links: BrokerLinks;
  readonly #keepAlive: KeepAlive;
  #metadataTries = 0;

  constructor(context: CallContext, metadata: MetadataCache, links: BrokerLinks, keepAlive: KeepAlive) {
    this.#context = context;
    this.#metadata = metadata;
    this.#links = links;
    this.#keepAlive = keepAlive;
  }

  /** As {@link Cluster.call}. */
  async run<T>(name: string, route: Route, run: (broker: Broker) => Promise<T>, timeoutMs: number): Promise<T> {
    if (this.#context.toControllers && !SERVED_BY_CONTROLLERS.has(name)) throw notByControllers();
    const deadline = this.#context.clock.monotonicMs() + timeoutMs;
    return this.#keepAlive.during(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const broker = await this.#brokerInTime(name, route, deadline);
          const leftMs = deadline - this.#context.clock.monotonicMs();
          // Nothing is sent when the time is up: what the caller hears of as failed must not happen.
          if (leftMs <= 0) throw new NoNodeError(searchName(name, route), undefined);
          return await run(broker.within(leftMs));
        } catch (error) {
          await this.#beforeRetry(name, error, attempt, deadline);
        }
      }
    });
  }

  /** The connected broker with this id. @throws ConnectionError, KafkaError BROKER_NOT_AVAILABLE if metadata has no such broker */
  async brokerById(id: number): Promise<Broker> {
    const node = this.#metadata.node(id);
    if (!node) throw new KafkaError(ErrorCode.BROKER_NOT_AVAILABLE, `Broker ${id} is not known to the cluster`);
    return this.#links.open(node);
  }

  async #beforeRetry(name: string, error: unknown, attempt: number, deadline: number): Promise<void> {
    this.#links.tellUnreachable(error);
    if (!isWorthRetrying(error) || attempt > this.#context.settings.retries || this.#context.closed) throw error;
    if (this.#context.failFast && error instanceof ConnectionError && error.failure !== 'closed') throw error;
    if ((error as KafkaError).info.invalidMetadata) this.#metadata.invalidate();
    const { clock } = this.#context;
    const pause = this.#context.retryBackoffMs(attempt);
    const leftMs = deadline - clock.monotonicMs();
    await this.#context.sleep(Math.max(0, Math.min(pause, leftMs)));
    if (leftMs <= 0) throw answeredLate(name, attempt, { leftMs, nowMs: clock.nowMs() }, error);
    // Kafka's client looks for the node again after the pause.
    if (leftMs <= pause) throw new NoNodeError(name, error);
  }

  /** Whoever takes a connection and says nothing on it is waited for no longer than the call may take. */
  async #brokerInTime(name: string, route: Route, deadline: number): Promise<Broker> {
    const { clock } = this.#context;
    const seen: { failure?: unknown } = {};
    let timer: Timer | undefined;
    const late = new Promise<never>((_, reject) => {
      const fail = () => reject(new NoNodeError(searchName(name, route), seen.failure));
      timer = clock.setTimer(deadline - clock.monotonicMs(), fail);
    });
    try {
      return await Promise.race([this.#broker(name, route, deadline, seen), late]);
    } finally {
      timer?.cancel();
    }
  }

  async #broker(name: string, route: Route, deadline: number, seen: { failure?: unknown }): Promise<Broker> {
    for (;;) {
      try {
        return await this.#route(name, route);
      } catch (error) {
        // The metadata that the call needs could not be had in time.
        if (error instanceof NoNodeError) throw new NoNodeError(searchName(name, route), error.cause);
        const mayCome = isUnknownBroker(error) && !this.#context.failFast;
        if (!(error instanceof ConnectionError) && !mayCome) throw error;
        seen.failure = error;
        // A broker may have moved: what the cluster advertises now decides about the next attempt.
        if (route !== 'any') this.#metadata.invalidate();
        if (this.#context.failFast || this.#context.closed || (error instanceof ConnectionError && error.isFinal))
          throw error;
      }
      const now = this.#context.clock.monotonicMs();
      const pause = isUnknownBroker(seen.failure)
        ? this.#context.settings.retryBackoffMs
        : this.#links.shortestBackoffMs;
      if (now + pause >= deadline) {
        await this.#context.sleep(deadline - now);
        throw new NoNodeError(searchName(name, route), seen.failure);
      }
      await this.#context.sleep(pause);
    }
  }

  async #route(name: string, route: Route): Promise<Broker> {
    if (route === 'any') {
      // What Kafka's clients ask for first, and what shows that this is no controller, or no broker.
      if (this.#context.toControllers && name !== 'metadata') await this.#metadata.ensureNodes();
      const broker = await this.#links.any();
      if (!this.#context.toControllers) this.#checkForBroker(broker);
      return broker;
    }
    if (route === 'controller') {
      await this.#metadata.ensureNodes();
      const { controllerId } = this.#metadata;
      return controllerId < 0 ? this.#links.any() : this.brokerById(controllerId);
    }
    if ('broker' in route) {
      await this.#metadata.ensureNodes();
      return this.brokerById(route.broker);
    }
    const any = await this.#links.any();
    const node =
      'group' in route
        ? await coordinatorOf(any, CoordinatorType.GROUP, route.group)
        : await coordinatorOf(any, CoordinatorType.TRANSACTION, route.transactionalId);
    return this.#links.open(node);
  }

  /** @throws KafkaError if it is a controller */
  #checkForBroker({ versions }: Broker): void {
    try {
      versions.best(Metadata);
    } catch (error) {
      for (; this.#metadataTries < METADATA_TRIES; this.#metadataTries++)
        this.#context.tellUnusable('The remote node is not a BROKER that supports the METADATA api.');
      throw error;
    }
  }
}

/** The last answer came when the time was up. */
function answeredLate(
  name: string,
  tries: number,
  at: { leftMs: number; nowMs: number },
  cause: unknown,
): TimeoutError {
  const deadlineMs = Math.round(at.nowMs + at.leftMs);
  const state = `callName=${name}, deadlineMs=${deadlineMs}, tries=${tries}, nextAllowedTryMs=${at.nowMs}`;
  return new TimeoutError(`Call(${state}) timed out at ${at.nowMs} after ${tries} attempt(s)`, cause);
}

/** The metadata has no such broker (yet). */
const isUnknownBroker = (error: unknown): boolean =>
  error instanceof KafkaError && error.code === ErrorCode.BROKER_NOT_AVAILABLE;

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof AnswerError || (error instanceof ConnectionError && error.isFinal)) return false;
  return error instanceof KafkaError && error.retriable && !(error instanceof NoNodeError);
}
