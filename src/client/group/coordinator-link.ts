// A group's own connection to its coordinator. It is not shared with fetching, since a broker answers the requests of a
// connection one after the other and a fetch may wait.
import type { Api, RequestInput, ResponseOf } from '../../protocol/schema.ts';
import type { Broker } from '../broker-link.ts';
import { Cluster, type ClusterOptions } from '../cluster.ts';
import { CoordinatorType, findCoordinator } from '../coordinator.ts';
import type { ClusterSettings } from '../settings/common.ts';

export class CoordinatorLink {
  readonly cluster: Cluster;
  readonly groupId: string;
  #broker: Broker | undefined;

  private constructor(cluster: Cluster, groupId: string) {
    this.cluster = cluster;
    this.groupId = groupId;
  }

  /** Connects nowhere yet. @throws ClientCreationError as Cluster.create */
  static async create(settings: ClusterSettings, groupId: string, options: ClusterOptions): Promise<CoordinatorLink> {
    const cluster = await Cluster.create(
      settings,
      'Consumer',
      { ...options, groupId },
      'Failed to construct kafka consumer',
    );
    return new CoordinatorLink(cluster, groupId);
  }

  /** The coordinator, looked for until there is one: a consumer waits for its cluster without end. */
  async broker(): Promise<Broker> {
    if (this.#broker?.connection.failure === undefined && this.#broker) return this.#broker;
    const name = 'findCoordinator';
    const forever = Number.MAX_SAFE_INTEGER;
    const refusal = `Not authorized to access group: ${this.groupId}`;
    const find = (broker: Broker) => findCoordinator(broker, CoordinatorType.GROUP, this.groupId, refusal);
    const node = await this.cluster.call(name, 'any', find, forever);
    await this.cluster.metadata.ensureNodes();
    this.#broker = await this.cluster.call(name, { broker: node.id }, async (broker) => broker, forever);
    return this.#broker;
  }

  /** Whether there was a connection to the coordinator that is there no more. */
  get isLost(): boolean {
    return this.#broker !== undefined && this.#broker.connection.failure !== undefined;
  }

  /** The next request looks for the coordinator again. */
  forget(): void {
    this.#broker = undefined;
  }

  async send<A extends Api>(api: A, body: RequestInput<A>, timeoutMs?: number): Promise<ResponseOf<A>> {
    const broker = await this.broker();
    return broker.send(api, body, timeoutMs === undefined ? {} : { timeoutMs });
  }

  close(): void {
    this.cluster.close();
  }
}
