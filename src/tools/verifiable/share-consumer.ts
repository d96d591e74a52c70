// Reads records in a share group and says of every step what happened (org.apache.kafka.tools.VerifiableShareConsumer).
import type { Acknowledged, Delivery, ShareConsumer } from '../../client/share-consumer.ts';
import type { Events } from './events.ts';

export interface VerifiableSharePlan {
  /** Records to acknowledge; -1 for no end. */
  readonly maxMessages: number;
  /** An event for each record too. */
  readonly verbose: boolean;
  /** `auto`: with the next poll; `sync` and `async`: after each poll, waiting for the answer or not. */
  readonly mode: 'auto' | 'sync' | 'async';
}

/** Kafka's script asks for so long at a time. */
const POLL_MS = 5000;

/** Tells of acknowledgements, and counts those that were taken. */
export class AcknowledgedEvents {
  count = 0;
  readonly #events: Events;

  constructor(events: Events) {
    this.#events = events;
  }

  onAcknowledged({ partition: { topic, partition }, offsets, error }: Acknowledged): void {
    const count = offsets.length;
    this.#events.write('offsets_acknowledged', {
      count,
      partitions: [{ topic, partition, count, offsets }],
      ...(error && { error: error.message }),
      success: error === undefined,
    });
    if (!error) this.count += count;
  }
}

/** Reads until enough records were acknowledged or the consumer is woken. @throws Error when reading cannot go on */
export async function consumeShares(
  consumer: ShareConsumer,
  plan: VerifiableSharePlan,
  acknowledged: AcknowledgedEvents,
  events: Events,
): Promise<void> {
  while ((plan.maxMessages < 0 || acknowledged.count < plan.maxMessages) && !consumer.isWoken) {
    const deliveries = await consumer.poll(POLL_MS);
    if (deliveries.length === 0) continue;
    report(deliveries, plan.verbose, events);
    if (plan.mode === 'sync') await consumer.commit();
    else if (plan.mode === 'async') void consumer.commit();
  }
}

function report(deliveries: readonly Delivery[], verbose: boolean, events: Events): void {
  const partitions = deliveries.map(({ partition: { topic, partition }, records }) => {
    const offsets = records.map(({ offset }) => offset);
    return { topic, partition, count: offsets.length, offsets };
  });
  if (verbose) {
    for (const { topic, partition, offset, key, value } of deliveries.flatMap(({ records }) => records))
      events.write('record_data', { key: text(key), value: text(value), topic, partition, offset });
  }
  const count = partitions.reduce((sum, one) => sum + one.count, 0);
  events.write('records_consumed', { count, partitions });
}

const text = (bytes: Buffer | null): string | null => bytes?.toString() ?? null;
