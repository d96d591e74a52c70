// Writes numbers and says of each what became of it (org.apache.kafka.tools.VerifiableProducer).
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Producer } from '../../client/producer.ts';
import type { KafkaError } from '../../protocol/errors.ts';
import { systemClock } from '../../util/clock.ts';
import { type Events, JavaDouble } from './events.ts';

export interface VerifiableProducerPlan {
  readonly topic: string;
  /** -1 for no end. */
  readonly maxMessages: number;
  /** Records a second; below 0 for no limit. */
  readonly throughput: number;
  /** Written before each number with a dot. */
  readonly valuePrefix: number | undefined;
  /** Timestamp of the first record, milliseconds; the others follow as time goes by. Undefined for now. */
  readonly createTimeMs: number | undefined;
  /** Keys go from 0 up to this one, exclusive, and begin again, for ever if it is no number of keys; undefined for none. */
  readonly repeatingKeys: number | undefined;
}

/** After so many records answers are looked at, and whether to end. */
const RECORDS_A_TURN = 100;

/** Sends until there are enough or `signal` is aborted, waits for the answers and prints the sums. */
export async function produceVerifiably(
  producer: Producer,
  plan: VerifiableProducerPlan,
  events: Events,
  signal: AbortSignal,
): Promise<{ readonly sent: number; readonly acked: number }> {
  const startMs = systemClock.nowMs();
  const sums = { sent: 0, acked: 0 };
  events.write('startup_complete');
  const more = () => !signal.aborted && (plan.maxMessages < 0 || sums.sent < plan.maxMessages);
  while (more()) {
    const taken = send(producer, plan, events, sums, startMs);
    if (!taken) await producer.drain();
    if (plan.throughput >= 0) await pause(sums.sent, plan.throughput, startMs, signal);
    else if (sums.sent % RECORDS_A_TURN === 0) await setImmediate();
  }
  await producer.close();
  const average = (1000 * sums.acked) / (systemClock.nowMs() - startMs);
  events.write('shutdown_complete');
  events.write('tool_data', {
    ...sums,
    target_throughput: plan.throughput,
    avg_throughput: Number.isFinite(average) ? new JavaDouble(average) : String(average),
  });
  return sums;
}

function send(
  producer: Producer,
  { topic, valuePrefix, createTimeMs, repeatingKeys }: VerifiableProducerPlan,
  events: Events,
  sums: { sent: number; acked: number },
  startMs: number,
): boolean {
  const number = sums.sent++;
  const value = valuePrefix === undefined ? String(number) : `${valuePrefix}.${number}`;
  const key = repeatingKeys === undefined ? null : String(repeatingKeys > 0 ? number % repeatingKeys : number);
  const nowMs = systemClock.nowMs();
  const timestampMs = createTimeMs === undefined ? nowMs : createTimeMs + nowMs - startMs;
  const keyBytes = key === null ? null : Buffer.from(key);
  // No partition is known of a record that no broker took.
  return producer.append(
    topic,
    null,
    keyBytes,
    Buffer.from(value),
    undefined,
    timestampMs,
    (error, offset, partition) => {
      if (error) {
        events.write('producer_send_error', { topic, key, value, ...exception(error) });
        return;
      }
      sums.acked++;
      events.write('producer_send_success', { key, value, offset, partition, topic });
    },
  );
}

const exception = ({ info, message }: KafkaError) => ({ exception: `class ${info.exceptionClass}`, message });

async function pause(sent: number, perSecond: number, startMs: number, signal: AbortSignal): Promise<void> {
  const aheadMs = perSecond === 0 ? 2 ** 31 - 1 : (sent / perSecond) * 1000 - (systemClock.nowMs() - startMs);
  if (aheadMs <= 0) return;
  await setTimeout(aheadMs, undefined, { signal }).catch(() => {});
}
