// Who the idempotent producer is to the brokers (KIP-98): an id from the cluster and an epoch that it raises itself when
// the numbering of a partition has to begin anew (KIP-360).
import { InitProducerId } from '../../protocol/messages/init-producer-id.ts';
import type { Cluster } from '../cluster.ts';
import { throwIfError } from '../errors.ts';

const MAX_EPOCH = 0x7fff;

export class ProducerIdentity {
  /** -1 until {@link obtain} is done, and without idempotence. */
  id = -1;
  epoch = -1;
  readonly enabled: boolean;
  readonly #cluster: Cluster;

  readonly #transactional: boolean;

  /** @param transactional the coordinator of the transactional id gives id and epoch ({@link set}) */
  constructor(cluster: Cluster, { enabled, transactional }: { enabled: boolean; transactional: boolean }) {
    this.#cluster = cluster;
    this.enabled = enabled;
    this.#transactional = transactional;
  }

  /** Whether batches can be numbered. */
  get ready(): boolean {
    return !this.enabled || this.id >= 0;
  }

  /** @throws KafkaError if the cluster gives no id */
  async obtain(): Promise<void> {
    if (this.ready || this.#transactional) return;
    await this.#cluster.call('initProducerId', 'any', async (broker) => {
      const request = { transactionalId: null, transactionTimeoutMs: 0x7fffffff };
      const response = await broker.send(InitProducerId, request);
      throwIfError(response.errorCode);
      this.id = response.producerId;
      this.epoch = response.producerEpoch;
    });
  }

  /** What the coordinator gave. */
  set(id: number, epoch: number): void {
    this.id = id;
    this.epoch = epoch;
  }

  /** The next epoch; after the last one a new id is needed first. A transaction that lost count is aborted instead. */
  bump(): void {
    if (this.#transactional) return;
    if (this.epoch < MAX_EPOCH) this.epoch++;
    else this.id = -1;
  }
}
