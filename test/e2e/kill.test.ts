// kill -9 while records pour in: everything acknowledged is there afterwards, once, in order, at the offset that was
// acknowledged. KTOOL_KILL_RECORDS sets how many (default 200,000); KTOOL_KILL_SEED where the kills fall.
import { describe, expect, it, onTestFinished } from 'vitest';
import { createProducer } from '../../src/client/producer.ts';
import { Fetch } from '../../src/protocol/messages/fetch.ts';
import { batches, openRecords } from '../../src/protocol/records/read.ts';
import { deferred } from '../../src/util/deferred.ts';
import { connect } from '../helpers/client.ts';
import { freePort } from '../helpers/free-port.ts';
import { type RunningProgram, User } from '../helpers/program.ts';

const COUNT = Number(process.env.KTOOL_KILL_RECORDS ?? 200_000);
const SEED = Number(process.env.KTOOL_KILL_SEED ?? Math.floor(Math.random() * 2 ** 31));
const line = (i: number) => `${String(i).padStart(9, '0')} ${'x'.repeat(90)}`;

/** A broker that serves. */
async function serve(user: User, port: number): Promise<RunningProgram> {
  const argv = ['server', 'start', '--port', String(port), '--json', '--override', 'log.segment.bytes=4000000'];
  const program = user.start(argv);
  await program.line();
  return program;
}

/** All lines of partition 0, as they lie in the log. */
async function readAll(port: number, topic: string): Promise<string[]> {
  const client = await connect({ port });
  const lines: string[] = [];
  for (;;) {
    const partition = {
      partition: 0,
      currentLeaderEpoch: -1,
      fetchOffset: lines.length,
      logStartOffset: -1,
      partitionMaxBytes: 4e6,
    };
    const { responses } = await client.request(Fetch, 11, {
      replicaId: -1,
      maxWaitMs: 0,
      minBytes: 0,
      maxBytes: 8e6,
      sessionId: 0,
      sessionEpoch: -1,
      topics: [{ topic, partitions: [partition] }],
      forgottenTopicsData: [],
    });
    const { errorCode, records } = responses[0]!.partitions[0]!;
    expect(errorCode).toBe(0);
    if (records === null || records.length === 0) return lines;
    for (const { header, pos } of batches(records)) {
      const cursor = openRecords(records, pos, header);
      while (cursor.next()) {
        if (cursor.offset < lines.length) continue;
        expect(cursor.offset).toBe(lines.length);
        lines.push(String(cursor.value));
      }
    }
  }
}

describe(`kill -9 (seed ${SEED})`, () => {
  it('loses and doubles nothing of a producer that goes on when the broker is back', async () => {
    const user = new User();
    const port = await freePort();
    let broker = await serve(user, port);
    const failed: unknown[] = [];
    const producer = await createProducer(
      { 'bootstrap.servers': `127.0.0.1:${port}`, acks: 'all' },
      { onError: (record, error) => failed.push([record, error]) },
    );
    onTestFinished(() => producer.close());

    let random = SEED;
    const killAt = Array.from({ length: 3 }, () => {
      random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
      return Math.floor((random / 2 ** 32) * COUNT * 0.8) + 1000;
    }).sort((a, b) => a - b);
    const offsets = new Map<number, number>();
    let reached = deferred<void>();
    let target = killAt[0]!;
    const acknowledged = (i: number) => (error: unknown, offset: number) => {
      if (error) failed.push([i, error]);
      else offsets.set(i, offset);
      if (offsets.size >= target) reached.resolve();
    };
    const producing = (async () => {
      for (let i = 0; i < COUNT; i++) {
        const delivery = i % 100 === 0 ? acknowledged(i) : undefined;
        if (!producer.append('t', 0, null, Buffer.from(line(i)), undefined, undefined, delivery))
          await producer.drain();
      }
      await producer.flush();
    })();
    for (const at of killAt) {
      target = at / 100;
      if (offsets.size < target) {
        reached = deferred();
        await reached.promise;
      }
      broker.child.kill('SIGKILL');
      await broker.ended;
      broker = await serve(user, port);
    }
    await producing;

    expect(failed).toEqual([]);
    const lines = await readAll(port, 't');
    expect(lines.length).toBe(COUNT);
    for (let i = 0; i < COUNT; i++) if (lines[i] !== line(i)) expect(`${i}: ${lines[i]}`).toBe(`${i}: ${line(i)}`);
    for (const [i, offset] of offsets) expect(offset).toBe(i);
  }, 120_000);
});
