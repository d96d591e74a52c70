// Producer ids, taken from blocks that are reserved in the metadata log (ProducerIdManager, KIP-730): no id is given out
// twice, whatever becomes of the broker.
import type { MetadataStore } from '../metadata/metadata-store.ts';

/** ProducerIdsBlock.PRODUCER_ID_BLOCK_SIZE. */
const BLOCK_SIZE = 1000;

export class ProducerIds {
  readonly #metadata: Pick<MetadataStore, 'reserveProducerIds'>;
  #next = 0;
  /** First id behind the block. */
  #end = 0;

  constructor(metadata: Pick<MetadataStore, 'reserveProducerIds'>) {
    this.#metadata = metadata;
  }

  /** An id that no producer of this cluster ever had. */
  next(): number {
    if (this.#next === this.#end) {
      const { first, count } = this.#metadata.reserveProducerIds(BLOCK_SIZE);
      this.#next = first;
      this.#end = first + count;
    }
    return this.#next++;
  }
}
