// Many members of a share group that acquire, acknowledge, release, reject, renew, die and come back at random, a broker
// that is stopped or killed, time that passes. Whatever happens: a record that was accepted or rejected is never delivered
// again, every other one comes until its deliveries are used up, nobody gets a record that another holds, no delivery
// count is beyond the limit, and the start offset only moves on.
import { expect, test } from 'vitest';
import { type Broker, startBroker } from '../../../src/broker/start.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, NOW_MS, produce } from '../data-path.ts';
import { type Delivered, initialize, ShareMember } from './share-member.ts';

const STEPS = 160;
const LIMIT = 5;
const LOCK_MS = 30_000;
const PARTITIONS = [0, 1];
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 10 }, (_, i) => i + 1) : [Number(process.env.SEED)];
const [ACCEPT, RELEASE, REJECT, RENEW] = [1, 2, 3, 4] as const;

/** mulberry32: small, and the same everywhere. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Held extends Delivered {
  readonly untilMs: number;
}

interface Consumer {
  readonly member: ShareMember;
  /** By partition and offset. */
  readonly held: Map<string, Held>;
}

class World {
  readonly random: (below: number) => number;
  readonly clock = new ManualClock(NOW_MS);
  readonly files = memoryFiles();
  readonly written = new Set<string>();
  readonly done = new Set<string>();
  readonly deliveries = new Map<string, number>();
  readonly startOffsets = new Map<number, number>();
  consumers: Consumer[] = [];
  broker!: Broker;
  #count = 0;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
  }

  async open(): Promise<void> {
    const overrides = new Map([['share.coordinator.snapshot.update.records.per.snapshot', '7']]);
    this.broker = await startBroker({ port: 0, files: this.files, dataDir: '/data', clock: this.clock, overrides });
    if (this.written.size > 0 || this.broker.services.metadata.topic('t')) return;
    createTopic(this.broker, 't', PARTITIONS.length);
    initialize(this.broker);
  }

  async restart(): Promise<void> {
    await this.broker.close();
    this.consumers = [];
    await this.open();
  }

  async write(): Promise<void> {
    const client = await connect(this.broker);
    const values = Array.from({ length: 1 + this.random(8) }, () => `r${this.#count++}`);
    const partition = this.random(PARTITIONS.length);
    const { baseOffset } = await produce(client, 't', batch(values), { partition });
    for (const i of values.keys()) this.written.add(`${partition}:${Number(baseOffset) + i}`);
    client.close();
  }

  async join(): Promise<void> {
    if (this.consumers.length >= 4) return;
    const member = await ShareMember.join(this.broker);
    await member.fetch({ partitions: PARTITIONS, maxRecords: 0 });
    this.consumers.push({ member, held: new Map() });
  }

  async leave(): Promise<void> {
    const [gone] = this.consumers.splice(this.random(this.consumers.length), 1);
    if (!gone) return;
    if (this.random(2) === 0) await gone.member.fetch({ epoch: -1 });
    gone.member.client.close();
    await gone.member.client.closed;
    // The broker may hear of it a moment later.
    const { shareSessions } = this.broker.services;
    while (shareSessions.get('g', gone.member.memberId)) await new Promise((resolve) => setImmediate(resolve));
  }

  async fetch(): Promise<void> {
    const consumer = this.#anyConsumer();
    if (!consumer) return;
    const shareAcquireMode = this.random(2);
    const maxRecords = 1 + this.random(10);
    const received = await consumer.member.receive({ shareAcquireMode, maxRecords, batchSize: 1 + this.random(5) });
    if (shareAcquireMode === 1) expect(received.length).toBeLessThanOrEqual(maxRecords);
    for (const record of received) this.#delivered(consumer, record);
  }

  async acknowledge(): Promise<void> {
    const consumer = this.#anyConsumer();
    const chosen = [...(consumer?.held ?? [])].filter(() => this.random(2) === 0);
    if (!consumer || chosen.length === 0) return;
    const type = [ACCEPT, ACCEPT, RELEASE, REJECT, RENEW][this.random(5)]!;
    chosen.sort(([, a], [, b]) => a.partition - b.partition || a.offset - b.offset);
    const { responses } = await consumer.member.acknowledge(
      chosen.map(([, { partition, offset }]) => ({
        partition,
        firstOffset: offset,
        lastOffset: offset,
        acknowledgeTypes: [type],
      })),
      { isRenewAck: type === RENEW },
    );
    for (const { partitionIndex, errorCode } of responses[0]!.partitions) {
      const ofPartition = chosen.filter(([, { partition }]) => partition === partitionIndex);
      // Time was up for one of them at least.
      const isLate = ofPartition.some(([, { untilMs }]) => untilMs <= this.clock.nowMs());
      expect(errorCode === 0, `code ${errorCode}, late: ${isLate}`).toBe(!isLate);
      for (const [name, record] of ofPartition) {
        if (errorCode === 0 && type === RENEW) {
          consumer.held.set(name, { ...record, untilMs: this.clock.nowMs() + LOCK_MS });
          continue;
        }
        consumer.held.delete(name);
        if (errorCode === 0 && type !== RELEASE) this.done.add(name);
      }
    }
  }

  check(): void {
    for (const partition of PARTITIONS) {
      const key = { groupId: 'g', topicId: this.broker.services.metadata.topic('t')!.id, partition };
      const { startOffset } = this.broker.services.shareState.readSummary(key);
      expect(startOffset).toBeGreaterThanOrEqual(this.startOffsets.get(partition) ?? 0);
      this.startOffsets.set(partition, startOffset);
    }
  }

  /** All that is left is delivered; returns what was not. */
  async drain(): Promise<string[]> {
    this.clock.advance(LOCK_MS);
    for (const { held } of this.consumers) held.clear();
    await this.join();
    const consumer = this.consumers[0]!;
    for (let empty = 0; empty < 4; ) {
      const received = await consumer.member.receive();
      empty = received.length === 0 ? empty + 1 : 0;
      for (const record of received) {
        this.#delivered(consumer, record);
        this.done.add(nameOf(record));
      }
      if (received.length > 0) await consumer.member.acknowledge(received.map(accepted));
    }
    return [...this.written].filter((name) => !this.done.has(name) && (this.deliveries.get(name) ?? 0) < LIMIT);
  }

  #anyConsumer(): Consumer | undefined {
    return this.consumers[this.random(Math.max(1, this.consumers.length))];
  }

  #delivered(consumer: Consumer, record: Delivered): void {
    const name = nameOf(record);
    expect(this.written.has(name), `${name} was written`).toBe(true);
    expect(this.done.has(name), `${name} is done`).toBe(false);
    expect(record.deliveryCount, name).toBeLessThanOrEqual(LIMIT);
    for (const { held } of this.consumers) {
      const other = held.get(name);
      expect(other === undefined || other.untilMs <= this.clock.nowMs(), `${name} is held`).toBe(true);
    }
    this.deliveries.set(name, (this.deliveries.get(name) ?? 0) + 1);
    consumer.held.set(name, { ...record, untilMs: this.clock.nowMs() + LOCK_MS });
  }
}

function nameOf({ partition, offset }: Delivered): string {
  return `${partition}:${offset}`;
}

function accepted({ partition, offset }: Delivered) {
  return { partition, firstOffset: offset, lastOffset: offset, acknowledgeTypes: [ACCEPT] };
}

test.each(SEEDS)('members at random (SEED=%i)', async (seed) => {
  const world = new World(seed);
  await world.open();
  try {
    for (let step = 0; step < STEPS; step++) {
      const choice = world.random(100);
      if (choice < 15) await world.write();
      else if (choice < 25) await world.join();
      else if (choice < 30) await world.leave();
      else if (choice < 60) await world.fetch();
      else if (choice < 90) await world.acknowledge();
      else if (choice < 97) world.clock.advance(world.random(LOCK_MS));
      else await world.restart();
      world.check();
    }
    expect(await world.drain(), 'records that were lost').toEqual([]);
  } finally {
    await world.broker.close();
  }
});
