// Idempotent producers and consumers that commit, with answers that get lost, connections that are cut, and a broker that
// dies or restarts at random moments, also with requests on their way. Whatever happens: what was acknowledged is at its
// offset (I1); offsets are dense (I2); nothing is there twice and each producer's order stays, whatever
// it repeats (I4); committed offsets are what was committed last (I6).
import { expect, test } from 'vitest';
import { type Broker, startBroker } from '../../src/broker/start.ts';
import { memoryFiles } from '../../src/log/memory-files.ts';
import { InitProducerId } from '../../src/protocol/messages/init-producer-id.ts';
import { OffsetCommit } from '../../src/protocol/messages/offset-commit.ts';
import { batches, readRecordsSync } from '../../src/protocol/records/read.ts';
import { ManualClock } from '../../src/util/clock.ts';
import { connect, type TestClient } from '../helpers/client.ts';
import { randomNumbers } from '../helpers/random-numbers.ts';
import { batch, createTopic, fetch, fetchPartition, NOW_MS, produce } from './data-path.ts';

const TOPIC = 'history';
const PARTITIONS = [0, 1];
const STEPS = 150;
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 10 }, (_, i) => i + 1) : [Number(process.env.SEED)];
const DUPLICATE_SEQUENCE_NUMBER = 46;

interface Producer {
  readonly name: string;
  readonly producerId: number;
  readonly partition: number;
  sequence: number;
  /** Sent, and no answer seen: it is sent again until there is one. */
  pending: { readonly records: Buffer; readonly values: readonly string[] } | undefined;
}

class History {
  readonly random: (below: number) => number;
  readonly files = memoryFiles();
  readonly clock = new ManualClock(NOW_MS);
  readonly producers: Producer[] = [];
  /** By partition, the value at each acknowledged offset. */
  readonly acknowledged = PARTITIONS.map(() => new Map<number, string>());
  readonly sent = new Set<string>();
  committed: number | undefined;
  /** A commit whose answer was lost: it may count or not. */
  uncertain: number | undefined;
  crashes = 0;
  #count = 0;
  broker!: Broker;
  client!: TestClient;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
  }

  async open(): Promise<void> {
    const overrides = new Map([
      ['offsets.topic.num.partitions', '1'],
      ['connections.max.idle.ms', '1000000000000'],
    ]);
    this.broker = await startBroker({ port: 0, files: this.files, dataDir: '/data', clock: this.clock, overrides });
    if (!this.broker.services.metadata.topic(TOPIC))
      createTopic(this.broker, TOPIC, PARTITIONS.length, { 'segment.ms': '30000' });
    this.client = await connect(this.broker);
  }

  async restart(isCrash: boolean): Promise<void> {
    const before = this.broker;
    this.client.close();
    if (isCrash) {
      this.files.crash();
      this.crashes++;
    } else await before.close();
    await this.open();
    // A dead one can only let go of its sockets and timers: its files are gone for it.
    if (isCrash) await before.close().catch(() => {});
  }

  async reconnect(): Promise<void> {
    this.client.close();
    this.client = await connect(this.broker);
  }

  async enter(): Promise<void> {
    const { producerId } = await this.client.request(InitProducerId, 4, {
      transactionalId: null,
      transactionTimeoutMs: -1,
    });
    const partition = PARTITIONS[this.random(PARTITIONS.length)]!;
    this.producers.push({ name: `p${this.producers.length}`, producerId, partition, sequence: 0, pending: undefined });
  }

  /** @param isLost the connection ends, or the broker does, before there is an answer */
  async write(producer: Producer, isLost: boolean): Promise<void> {
    const { producerId, partition, sequence: baseSequence } = producer;
    if (producer.pending === undefined) {
      const values = Array.from({ length: 1 + this.random(3) }, () => `${producer.name}-${++this.#count}`);
      producer.pending = { values, records: batch(values, { producerId, producerEpoch: 0, baseSequence }) };
      for (const value of values) this.sent.add(value);
    }
    const { records, values } = producer.pending;
    const answer = produce(this.client, TOPIC, records, { partition });
    if (isLost) {
      answer.catch(() => {});
      await new Promise((resolve) => setImmediate(resolve));
      if (this.random(2) === 0) await this.reconnect();
      else await this.restart(true);
      return;
    }
    const { errorCode, baseOffset } = await answer;
    producer.sequence += values.length;
    producer.pending = undefined;
    // Which offset a repeated batch has is told too, or that it is there.
    if (errorCode === DUPLICATE_SEQUENCE_NUMBER) return;
    expect(errorCode).toBe(0);
    for (const [i, value] of values.entries()) this.acknowledged[partition]!.set(baseOffset + i, value);
  }

  async commit(isLost: boolean): Promise<void> {
    const committedOffset = ++this.#count;
    const partitions = [{ partitionIndex: 0, committedOffset, committedMetadata: '' }];
    const group = { groupId: 'g', generationIdOrMemberEpoch: -1, memberId: '' };
    const answer = this.client.request(OffsetCommit, 8, { ...group, topics: [{ name: TOPIC, partitions }] });
    if (isLost) {
      answer.catch(() => {});
      await new Promise((resolve) => setImmediate(resolve));
      await this.restart(true);
      this.uncertain = committedOffset;
      return;
    }
    expect((await answer).topics[0]!.partitions[0]!.errorCode).toBe(0);
    this.committed = committedOffset;
    this.uncertain = undefined;
  }

  async check(): Promise<void> {
    for (const partition of PARTITIONS) this.#checkPartition(partition, await this.#read(partition));
    const stored = this.broker.services.groups.offsets('g').get(TOPIC)?.get(0)?.offset;
    expect([this.committed, this.uncertain ?? this.committed]).toContain(stored);
    this.committed = stored;
    this.uncertain = undefined;
  }

  /** Every batch as it came back. */
  async #read(partition: number): Promise<{ baseOffset: number; values: string[] }[]> {
    const found: { baseOffset: number; values: string[] }[] = [];
    for (let offset = 0; ; ) {
      const wanted = fetchPartition(partition, offset, { partitionMaxBytes: 1 << 20 });
      const [read] = await fetch(this.client, [{ topic: TOPIC, partitions: [wanted] }], { maxBytes: 1 << 20 });
      expect(read!.errorCode).toBe(0);
      const bytes = read!.records ?? Buffer.alloc(0);
      if (bytes.length === 0) return found;
      for (const { header, pos } of batches(bytes)) {
        const values = [...readRecordsSync(bytes, pos, header)].map(({ value }) => String(value));
        found.push({ baseOffset: header.baseOffset, values });
        offset = header.baseOffset + values.length;
      }
    }
  }

  #checkPartition(partition: number, found: readonly { baseOffset: number; values: string[] }[]): void {
    let next = 0;
    const all = new Map<number, string>();
    for (const { baseOffset, values } of found) {
      expect(baseOffset, 'a hole, or an offset twice').toBe(next);
      for (const value of values) all.set(next++, value);
    }
    for (const [offset, value] of this.acknowledged[partition]!)
      expect(all.get(offset), `offset ${offset}`).toBe(value);
    const values = [...all.values()];
    expect(new Set(values).size, 'a record twice').toBe(values.length);
    for (const { name } of this.producers) {
      const own = values.filter((value) => value.startsWith(`${name}-`)).map((value) => Number(value.split('-')[1]));
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
    for (const value of values) expect(this.sent).toContain(value);
  }

  async close(): Promise<void> {
    this.client.close();
    await this.broker.close();
  }
}

async function step(history: History): Promise<void> {
  const { random, producers } = history;
  const choice = random(100);
  const producer = producers[random(Math.max(producers.length, 1))];
  if (producer === undefined || (choice < 6 && producers.length < 6)) await history.enter();
  else if (choice < 8) await history.restart(false);
  else if (choice < 11) await history.restart(true);
  else if (choice < 14) await history.reconnect();
  else if (choice < 16) history.clock.advance(random(60_000));
  else if (choice < 32) await history.commit(random(8) === 0);
  else await history.write(producer, random(6) === 0);
}

test.each(SEEDS)('a random history of producers and crashes, seed %i (run one with SEED=)', async (seed) => {
  const history = new History(seed);
  await history.open();
  for (let i = 0; i < STEPS; i++) {
    await step(history);
    if (i % 10 === 0) await history.check();
  }
  await history.check();
  expect(history.crashes).toBeGreaterThan(0);
  await history.close();
});
