// replica-verification against a broker in process, and its comparison of batches (ReplicaVerificationTool).
import { describe, expect, it, onTestFinished } from 'vitest';
import { createAdmin } from '../../src/client/admin.ts';
import { Produce } from '../../src/protocol/messages/produce.ts';
import { buildBatch } from '../../src/protocol/records/write.ts';
import { type Finding, findingText } from '../../src/tools/replica-verification/finding.ts';
import { OffsetMismatch, Verification } from '../../src/tools/replica-verification/verification.ts';
import { type ReplicaPlan, verifyReplicas } from '../../src/tools/replica-verification/verify.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { connect } from '../helpers/client.ts';

const ORDERS = { topic: 'orders', partition: 0, topicId: 'x9YdtqzRRE-ZEaAXRz-jrw' };
const PLAN: ReplicaPlan = {
  isWanted: (topic) => topic === 'orders',
  initialTime: () => -2,
  reportIntervalMs: () => 0,
  fetchSize: () => 1 << 20,
  maxWaitMs: () => 50,
};

async function clusterWithOrders(nodes: number) {
  const broker = await startTestBroker({ brokers: nodes });
  const admin = await createAdmin({ 'bootstrap.servers': broker.address });
  onTestFinished(() => admin.close());
  const replicas = Array.from({ length: nodes }, (_, i) => i + 1);
  await admin.createTopics([{ name: 'orders', assignments: new Map([[0, replicas]]) }]);
  return { broker, admin };
}

/** Runs until `enough` lines are printed. */
async function run(admin: Parameters<typeof verifyReplicas>[0], enough: number, plan: Partial<ReplicaPlan> = {}) {
  const stop = new AbortController();
  const lines: string[] = [];
  const tell = (finding: Finding) => {
    if (lines.push(findingText(finding)) >= enough) stop.abort();
  };
  let nowMs = 0;
  const output = { tell, monotonicMs: () => nowMs++, signal: stop.signal };
  await verifyReplicas(admin, { ...PLAN, ...plan }, output);
  return lines;
}

describe('replica-verification', () => {
  it('reads the replicas on all brokers to the end and reports the lag', async () => {
    const { broker, admin } = await clusterWithOrders(3);
    const client = await connect(broker);
    const records = buildBatch(['apples', 'pears'].map((value) => ({ timestamp: 1, value: Buffer.from(value) })));
    const topicData = [{ name: 'orders', partitionData: [{ index: 0, records }] }];
    await client.request(Produce, 12, { transactionalId: null, acks: -1, timeoutMs: 1000, topicData });
    const asked: (readonly [number, number])[] = [];
    const spying = Object.assign(Object.create(admin), {
      fetchReplicas: (fetch: Parameters<typeof admin.fetchReplicas>[0]) => {
        asked.push([fetch.broker, fetch.partitions[0]!.offset]);
        return admin.fetchReplicas(fetch);
      },
    });
    const lines = await run(spying, 3);
    expect(lines[0]).toBe('verification process is started');
    expect(lines[1]).toMatch(/^max lag is \d for partition orders-0 at offset \d among 1 partitions$/);
    expect(asked.slice(0, 3).sort()).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
    expect(asked.slice(3, 6).sort()).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
  });

  it('says in its own time what cannot be', async () => {
    const { admin } = await clusterWithOrders(1);
    await expect(run(admin, 1, { isWanted: () => false })).rejects.toThrow('No topics found. [topics-include]');
    await expect(run(admin, 1, { initialTime: () => -5 })).rejects.toThrow(
      'The target time for partition orders-0 is -5. The target time cannot be negative.',
    );
    await expect(run(admin, 1, { initialTime: () => 1 })).rejects.toThrow('OffsetAndTimestamp.offset()');
  });
});

const batch = (value: string, baseOffset: number, count = 1): Buffer => {
  const bytes = buildBatch(
    Array.from({ length: count }, () => ({ timestamp: 1, key: null, value: Buffer.from(value) })),
    {},
  );
  bytes.writeBigInt64BE(BigInt(baseOffset), 0);
  return bytes;
};

function verify(replicas: Record<number, readonly Buffer[]>, highWatermark = 10) {
  const lines: string[] = [];
  const partition = { ...ORDERS, offset: 0 };
  const verification = new Verification([partition], (finding) => lines.push(findingText(finding)));
  const answers = new Map(
    Object.entries(replicas).map(([id, batches]) => [
      Number(id),
      { ...ORDERS, highWatermark, records: Buffer.concat(batches) },
    ]),
  );
  let mismatch = false;
  try {
    verification.verify(() => answers);
  } catch (error) {
    mismatch = error instanceof OffsetMismatch;
  }
  verification.report();
  return { lines, offset: partition.offset, mismatch };
}

describe('the comparison of replicas', () => {
  it('goes on behind what all have below the high watermark', () => {
    const all = [batch('a', 0), batch('b', 1), batch('c', 2)];
    expect(verify({ 1: all, 2: all.slice(0, 2) })).toEqual({
      lines: ['max lag is 8 for partition orders-0 at offset 2 among 1 partitions'],
      offset: 2,
      mismatch: false,
    });
    expect(verify({ 1: all, 2: all }, 2).offset).toBe(2);
  });

  it('tells another content at the same offset', () => {
    const { lines, offset } = verify({ 1: [batch('a', 0)], 2: [batch('b', 0)] });
    expect(lines[0]).toMatch(
      /^partition orders-0 has unmatched checksum at offset 0; replica 1's checksum \d+; replica 2's checksum \d+$/,
    );
    expect(offset).toBe(1);
  });

  it('ends where offsets differ', () => {
    expect(verify({ 1: [batch('a', 0)], 2: [batch('a', 0, 2)] })).toMatchObject({
      lines: ["partition orders-0: replica 1's offset 0 doesn't match replica 2's offset 1", expect.anything()],
      mismatch: true,
    });
  });
});
