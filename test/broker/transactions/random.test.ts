// Producers that write, commit offsets, end, crash and come back at random, some of them zombies, with restarts of the
// broker (also after a decision was written but no marker) and time that passes. Whatever happens: a reader of committed
// records sees exactly the transactions that were committed, each whole or not at all (I5); the offsets that count are
// those of committed transactions (I6); a producer that was fenced writes nothing that counts; and in the end no
// transaction is open.
import { expect, test } from 'vitest';
import { type Broker, startBroker } from '../../../src/broker/start.ts';
import { transactionRecord } from '../../../src/broker/transactions/records.ts';
import { TransactionTopic } from '../../../src/broker/transactions/transaction-topic.ts';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { EndTxn } from '../../../src/protocol/messages/end-txn.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import { Produce } from '../../../src/protocol/messages/produce.ts';
import { isControl } from '../../../src/protocol/records/batch.ts';
import { batches, readRecordsSync } from '../../../src/protocol/records/read.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { connect, type TestClient } from '../../helpers/client.ts';
import { randomNumbers } from '../../helpers/random-numbers.ts';
import { batch, createTopic, fetch, fetchPartition, NOW_MS } from '../data-path.ts';
import { type Producer, TIMEOUT_MS, TOPIC, TransactionSession } from './transaction-session.ts';

const STEPS = 250;
const PARTITIONS = [0, 1, 2];
const SEEDS = process.env.SEED === undefined ? Array.from({ length: 12 }, (_, i) => i + 1) : [Number(process.env.SEED)];

interface Instance extends Producer {
  /** Of the transactions protocol: 1 adds partitions and keeps its epoch. */
  readonly version: 1 | 2;
  readonly sequences: Map<number, number>;
  /** What the open transaction wrote and was acknowledged for. */
  written: string[];
  offset: number | undefined;
}

class World {
  readonly random: (below: number) => number;
  readonly clock = new ManualClock(NOW_MS);
  readonly files = memoryFiles();
  instances: Instance[] = [];
  readonly committed = new Set<string>();
  readonly written = new Set<string>();
  committedOffset: number | undefined;
  commits = 0;
  #count = 0;
  broker!: Broker;
  client!: TestClient;
  session!: TransactionSession;

  constructor(seed: number) {
    this.random = randomNumbers(seed);
  }

  async open(): Promise<void> {
    const overrides = new Map([
      ['offsets.topic.num.partitions', '1'],
      ['connections.max.idle.ms', '1000000000000'],
    ]);
    this.broker = await startBroker({ port: 0, files: this.files, dataDir: '/data', clock: this.clock, overrides });
    if (!this.broker.services.metadata.topic(TOPIC)) createTopic(this.broker, TOPIC, PARTITIONS.length);
    this.client = await connect(this.broker);
    this.session = new TransactionSession(this.client, this.broker.services.metadata.topic(TOPIC)!.id);
  }

  async restart(): Promise<void> {
    this.client.close();
    await this.broker.close();
    await this.open();
  }

  /** The process dies: nothing is closed, what was written is there. */
  async crash(): Promise<void> {
    const dead = this.broker;
    this.client.close();
    this.files.crash();
    await this.open();
    // Its files are gone for it: it can only let go of its sockets and timers.
    await dead.close().catch(() => {});
  }

  /** An instance that takes the id over from all others that have it. */
  async enter(): Promise<void> {
    const transactionalId = `tx-${this.random(3)}`;
    const timeouts = { transactionalId, transactionTimeoutMs: TIMEOUT_MS };
    let answer = await this.session.request(InitProducerId, 5, timeouts);
    if (answer.errorCode === 51) answer = await this.session.request(InitProducerId, 5, timeouts);
    expect(answer.errorCode).toBe(0);
    const { producerId, producerEpoch } = answer;
    const fresh = { sequences: new Map<number, number>(), written: [], offset: undefined };
    this.instances.push({ transactionalId, producerId, producerEpoch, version: this.random(2) ? 2 : 1, ...fresh });
  }

  async write(instance: Instance): Promise<void> {
    const partition = PARTITIONS[this.random(PARTITIONS.length)]!;
    const { transactionalId, producerId, producerEpoch, version, sequences } = instance;
    if (version === 1) await this.session.addPartitions(instance, [partition]);
    const baseSequence = sequences.get(partition) ?? 0;
    const value = `v${++this.#count}`;
    const records = batch([value], { transactional: true, producerId, producerEpoch, baseSequence });
    const topicData = [{ name: TOPIC, partitionData: [{ index: partition, records }] }];
    const request = { transactionalId, acks: -1, timeoutMs: 5000, topicData };
    const { responses } = await this.session.request(Produce, version === 1 ? 9 : 12, request);
    if (responses[0]!.partitionResponses[0]!.errorCode !== 0) return;
    sequences.set(partition, baseSequence + 1);
    instance.written.push(value);
    this.written.add(value);
  }

  async commitOffset(instance: Instance): Promise<void> {
    if (instance.version === 1) await this.session.addOffsets(instance);
    const committedOffset = ++this.#count;
    const partitions = [{ partitionIndex: 0, committedOffset, committedMetadata: '' }];
    const more = { topics: [{ name: TOPIC, partitions }] };
    const { topics } = await this.session.commitOffsets(instance, instance.version === 1 ? 4 : 5, more);
    if (topics[0]!.partitions[0]!.errorCode === 0) instance.offset = committedOffset;
  }

  async end(instance: Instance): Promise<void> {
    const committed = this.random(2) === 1;
    const answer = await this.session.request(EndTxn, instance.version === 1 ? 4 : 5, { ...instance, committed });
    if (answer.errorCode === 0) this.ended(instance, committed);
    if (answer.errorCode !== 0 || instance.version === 1) return;
    Object.assign(instance, { producerId: answer.producerId, producerEpoch: answer.producerEpoch });
    instance.sequences.clear();
  }

  ended(instance: Instance, committed: boolean): void {
    if (committed) for (const value of instance.written) this.committed.add(value);
    if (committed && instance.offset !== undefined) {
      this.committedOffset = Math.max(this.committedOffset ?? 0, instance.offset);
    }
    if (committed) this.commits++;
    instance.written = [];
    instance.offset = undefined;
  }

  /** The broker dies when a decision of this instance's is written and no marker. */
  async crashInEnd(instance: Instance): Promise<void> {
    const { services } = this.broker;
    const state = await this.session.describe(instance.transactionalId);
    const isCurrent = state.producerId === instance.producerId && state.producerEpoch === instance.producerEpoch;
    if (!isCurrent || state.transactionState !== 'Ongoing') return;
    const committed = this.random(2) === 1;
    const current = services.transactions.describe(instance.transactionalId);
    const topic = new TransactionTopic({ ...services, config: () => services.config });
    const decided = {
      ...current,
      state: committed ? 'PrepareCommit' : 'PrepareAbort',
      producerEpoch: current.producerEpoch + 1,
      clientTransactionVersion: 2,
    } as const;
    topic.append(instance.transactionalId, transactionRecord(decided, 2));
    this.ended(instance, committed);
    this.instances = this.instances.filter((other) => other !== instance);
    await this.crash();
  }

  async visible(): Promise<Set<string>> {
    const found = new Set<string>();
    const wanted = PARTITIONS.map((partition) => fetchPartition(partition, 0, { partitionMaxBytes: 1 << 24 }));
    const read = await fetch(this.client, [{ topic: TOPIC, partitions: wanted }], {
      isolationLevel: 1,
      maxBytes: 1 << 26,
    });
    for (const { records, abortedTransactions } of read) {
      const aborted = [...(abortedTransactions ?? [])].sort((a, b) => a.firstOffset - b.firstOffset);
      const open = new Set<number>();
      for (const { header, pos } of batches(records ?? Buffer.alloc(0))) {
        while (aborted[0] && aborted[0].firstOffset <= header.baseOffset) open.add(aborted.shift()!.producerId);
        if (isControl(header.attributes)) open.delete(header.producerId);
        else if (!open.has(header.producerId)) {
          for (const { value } of readRecordsSync(records!, pos, header)) found.add(String(value));
        }
      }
    }
    return found;
  }

  offset(): number | undefined {
    return this.broker.services.groups.offsets('readers').get(TOPIC)?.get(0)?.offset;
  }

  async close(): Promise<void> {
    this.client.close();
    await this.broker.close();
  }
}

async function step(world: World): Promise<void> {
  const choice = world.random(100);
  const instance = world.instances[world.random(Math.max(world.instances.length, 1))];
  if (instance === undefined || choice < 8) await world.enter();
  else if (choice < 9) await world.restart();
  else if (choice < 10) await world.crash();
  else if (choice < 13) await world.crashInEnd(instance);
  else if (choice < 16) world.clock.advance(world.random(TIMEOUT_MS));
  else if (choice < 55) await world.write(instance);
  else if (choice < 70) await world.commitOffset(instance);
  else await world.end(instance);
}

test.each(SEEDS)('random producers, seed %i (run one with SEED=)', async (seed) => {
  const world = new World(seed);
  await world.open();
  for (let i = 0; i < STEPS; i++) {
    await step(world);
    if (i % 10 !== 0) continue;
    for (const value of await world.visible()) expect(world.committed, `uncommitted ${value} is seen`).toContain(value);
    expect(world.offset()).toBe(world.committedOffset);
  }
  world.clock.advance(2 * TIMEOUT_MS);
  expect(await world.visible()).toEqual(world.committed);
  expect(world.offset()).toBe(world.committedOffset);
  expect(world.commits).toBeGreaterThan(0);
  expect(world.written.size).toBeGreaterThan(world.committed.size);
  for (const partition of PARTITIONS) {
    const log = world.broker.services.logs.get(TOPIC, partition)!;
    expect(log.lastStableOffset).toBe(log.logEndOffset);
  }
  await world.close();
});
