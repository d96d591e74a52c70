// Calls that find their way to the right broker and are repeated by Kafka's rules (KafkaAdminClient.Call, NetworkClient).
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import { Metadata } from '../protocol/messages/metadata.ts';
import type { Broker } from './broker-link.ts';
import type { BrokerLinks } from './broker-links.ts';
import type { Cluster } from './cluster.ts';
import { notByControllers, SERVED_BY_CONTROLLERS } from './controller-calls.ts';
import { CoordinatorType, findCoordinator } from './coordinator.ts';
import { ConnectionError, TimeoutError } from './errors.ts';
import type { KeepAlive } from './keep-alive.ts';

/** Where a call goes: any broker, the controller, a broker id, the coordinator of a group or a transactional id. */
export type Route =
  | 'any'
  | 'controller'
  | { readonly broker: number }
  | { readonly group: string }
  | { readonly transactionalId: string };

/** All the time of a call went by without a broker to send it to. */
class NoNodeError extends TimeoutError {
  constructor(name: string, route: Route, cause: unknown) {
    const byCoordinator = typeof route === 'object' && !('broker' in route);
    const call = byCoordinator ? `${name}(api=FIND_COORDINATOR)` : name;
    super(`Timed out waiting for a node assignment. Call: ${call}`, cause);
  }
}

export class Calls {
  readonly #cluster: Cluster;
  readonly #links: BrokerLinks;
  readonly #keepAlive: KeepAlive;

  constructor(cluster: Cluster, links: BrokerLinks, keepAlive: KeepAlive) {
    this.#cluster = cluster;
    this.#links = links;
    this.#keepAlive = keepAlive;
  }

  /** As {@link Cluster.call}. */
  async run<T>(name: string, route: Route, run: (broker: Broker) => Promise<T>, timeoutMs: number): Promise<T> {
    if (this.#cluster.toControllers && !SERVED_BY_CONTROLLERS.has(name)) throw notByControllers();
    const deadline = this.#cluster.clock.monotonicMs() + timeoutMs;
    return this.#keepAlive.during(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          const broker = await this.#broker(name, route, deadline);
          const leftMs = deadline - this.#cluster.clock.monotonicMs();
          // Nothing is sent when the time is up: what the caller hears of as failed must not happen.
          if (leftMs <= 0) throw new NoNodeError(name, route, undefined);
          return await run(broker.within(leftMs));
        } catch (error) {
          await this.#beforeRetry(name, error, attempt, deadline);
        }
      }
    });
  }

  async #beforeRetry(name: string, error: unknown, attempt: number, deadline: number): Promise<void> {
    this.#links.tellUnreachable(error);
    if (!isWorthRetrying(error) || attempt > this.#cluster.settings.retries || this.#cluster.closed) throw error;
    if (this.#cluster.failFast && error instanceof ConnectionError && error.failure !== 'closed') throw error;
    if ((error as KafkaError).info.invalidMetadata) this.#cluster.metadata.invalidate();
    const pause = this.#cluster.retryBackoffMs(attempt);
    const now = this.#cluster.clock.monotonicMs();
    if (now + pause >= deadline) {
      throw new TimeoutError(`Call(callName=${name}) timed out after ${attempt} attempt(s)`, error);
    }
    await this.#cluster.sleep(pause);
  }

  async #broker(name: string, route: Route, deadline: number): Promise<Broker> {
    for (;;) {
      let failure: unknown;
      try {
        return await this.#route(name, route);
      } catch (error) {
        // The metadata that the call needs could not be had in time.
        if (error instanceof NoNodeError) throw new NoNodeError(name, route, error.cause);
        const mayCome = isUnknownBroker(error) && !this.#cluster.failFast;
        if (!(error instanceof ConnectionError) && !mayCome) throw error;
        failure = error;
        // A broker may have moved: what the cluster advertises now decides about the next attempt.
        if (route !== 'any') this.#cluster.metadata.invalidate();
        if (this.#cluster.failFast || this.#cluster.closed || (error instanceof ConnectionError && error.isFinal))
          throw error;
      }
      const now = this.#cluster.clock.monotonicMs();
      const pause = isUnknownBroker(failure) ? this.#cluster.settings.retryBackoffMs : this.#links.shortestBackoffMs;
      if (now + pause >= deadline) {
        await this.#cluster.sleep(deadline - now);
        throw new NoNodeError(name, route, failure);
      }
      await this.#cluster.sleep(pause);
    }
  }

  async #route(name: string, route: Route): Promise<Broker> {
    if (route === 'any') {
      // What Kafka's clients ask for first, and what shows that this is no controller, or no broker.
      if (this.#cluster.toControllers && name !== 'metadata') await this.#cluster.metadata.ensureNodes();
      const broker = await this.#links.any();
      if (!this.#cluster.toControllers) broker.versions.best(Metadata);
      return broker;
    }
    if (route === 'controller') {
      await this.#cluster.metadata.ensureNodes();
      const { controllerId } = this.#cluster.metadata;
      return controllerId < 0 ? this.#links.any() : this.#cluster.brokerById(controllerId);
    }
    if ('broker' in route) {
      await this.#cluster.metadata.ensureNodes();
      return this.#cluster.brokerById(route.broker);
    }
    const any = await this.#links.any();
    const node =
      'group' in route
        ? await findCoordinator(any, CoordinatorType.GROUP, route.group)
        : await findCoordinator(any, CoordinatorType.TRANSACTION, route.transactionalId);
    return this.#links.open(node);
  }
}

/** The metadata has no such broker (yet). */
const isUnknownBroker = (error: unknown): boolean =>
  error instanceof KafkaError && error.code === ErrorCode.BROKER_NOT_AVAILABLE;

function isWorthRetrying(error: unknown): boolean {
  if (error instanceof ConnectionError && error.isFinal) return false;
  return error instanceof KafkaError && error.retriable && !(error instanceof NoNodeError);
}
