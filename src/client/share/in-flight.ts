// Records that the owner has and has not acknowledged yet, and acknowledgements that are not said yet.
import { partitionKey } from '../admin/by-topic.ts';
import { type AcknowledgementBatch, AcknowledgeType } from './acknowledgements.ts';
import type { Acknowledged, Delivery, SharePartition, ShareRecord } from './types.ts';

interface Held {
  readonly broker: number;
  readonly partition: SharePartition;
  readonly record: ShareRecord;
  type: AcknowledgeType | undefined;
}

export interface ToSay {
  readonly broker: number;
  readonly partition: SharePartition;
  readonly batches: readonly AcknowledgementBatch[];
}

export class InFlight {
  readonly #held = new Map<string, Held>();
  /** Being renewed: they come back to the owner when the broker has agreed. */
  readonly #renewing = new Map<string, Held>();

  add({ broker, partition, records }: Delivery): void {
    for (const record of records) this.#held.set(keyOf(record), { broker, partition, record, type: undefined });
  }

  /** Whether there are records that nothing was said of. */
  get hasUnacknowledged(): boolean {
    return [...this.#held.values()].some(({ type }) => type === undefined);
  }

  /** False for a record that the owner does not hold. */
  acknowledge(record: ShareRecord, type: AcknowledgeType): boolean {
    const held = this.#held.get(keyOf(record));
    if (!held) return false;
    held.type = type;
    return true;
  }

  acknowledgeAll(type: AcknowledgeType): void {
    for (const held of this.#held.values()) held.type ??= type;
  }

  /** What is to be said now, by broker and partition; records that are renewed wait for the answer. */
  takeAcknowledged(): ToSay[] {
    const groups = new Map<string, { broker: number; partition: SharePartition; batches: AcknowledgementBatch[] }>();
    for (const [key, held] of [...this.#held]) {
      const { broker, partition, record, type } = held;
      if (type === undefined) continue;
      this.#held.delete(key);
      if (type === AcknowledgeType.RENEW) this.#renewing.set(key, held);
      const groupKey = `${broker}/${partitionKey(partition.topicId, partition.partition)}`;
      const group = groups.get(groupKey) ?? { broker, partition, batches: [] };
      group.batches.push({ firstOffset: record.offset, lastOffset: record.offset, type });
      groups.set(groupKey, group);
    }
    return [...groups.values()];
  }

  /** The records among those answered that are the owner's for another while. */
  settle({ partition, offsets, error }: Acknowledged): Delivery | undefined {
    const renewed = offsets.flatMap((offset) => {
      const key = keyOf({ ...partition, offset });
      const held = this.#renewing.get(key);
      this.#renewing.delete(key);
      return held && !error ? [held] : [];
    });
    const [first] = renewed;
    return first && { broker: first.broker, partition, records: renewed.map(({ record }) => record) };
  }
}

function keyOf({ topic, partition, offset }: Pick<ShareRecord, 'topic' | 'partition' | 'offset'>): string {
  return `${partitionKey(topic, partition)}/${offset}`;
}
