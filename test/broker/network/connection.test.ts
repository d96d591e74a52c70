import { describe, expect, test } from 'vitest';
import type { ConnectionInfo } from '../../../src/broker/network/connection-info.ts';
import { ManualClock } from '../../../src/util/clock.ts';
import { type Deferred, deferred } from '../../../src/util/deferred.ts';
import { connect } from '../../helpers/client.ts';
import { LogLines } from '../../helpers/log.ts';
import { framed, openTestNetwork } from '../../helpers/network.ts';

const answer = (text: string) => [framed(text)];

/** A dispatch whose answers the test gives. */
function manualDispatch() {
  const asked: { text: string; reply: Deferred<readonly Buffer[]>; connection: ConnectionInfo }[] = [];
  let arrived = deferred<void>();
  const dispatch = (frame: Buffer, connection: ConnectionInfo) => {
    const reply = deferred<readonly Buffer[]>();
    asked.push({ text: frame.toString(), reply, connection });
    arrived.resolve();
    arrived = deferred();
    return reply.promise;
  };
  return { asked, dispatch, next: () => arrived.promise };
}

describe('requests of one connection', () => {
  test('are served one at a time, and answered in order', async () => {
    const manual = manualDispatch();
    const client = await connect(await openTestNetwork(manual.dispatch));
    const first = manual.next();
    client.send(Buffer.concat([framed('a'), framed('b'), framed('c')]));
    await first;
    for (const text of ['a', 'b', 'c']) {
      expect(manual.asked.map((request) => request.text)).toEqual([text]);
      const following = manual.next();
      manual.asked.shift()?.reply.resolve(answer(text.toUpperCase()));
      expect((await client.nextFrame()).toString()).toBe(text.toUpperCase());
      if (text !== 'c') await following;
    }
  });

  test('a thousand at once are answered in order', async () => {
    let served = 0;
    const { port } = await openTestNetwork((frame) => {
      served++;
      return served % 3 === 0 ? Promise.resolve([framed(frame)]) : [framed(frame)];
    });
    const client = await connect({ port });
    client.send(Buffer.concat(Array.from({ length: 1000 }, (_, i) => framed(String(i)))));
    for (let i = 0; i < 1000; i++) expect((await client.nextFrame()).toString()).toBe(String(i));
  });

  test('one without an answer leaves no gap', async () => {
    const { port } = await openTestNetwork((frame) => (frame.toString() === 'quiet' ? undefined : [framed(frame)]));
    const client = await connect({ port });
    client.send(Buffer.concat([framed('quiet'), framed('loud')]));
    expect((await client.nextFrame()).toString()).toBe('loud');
  });

  test('that fail end their connection only', async () => {
    const logger = new LogLines();
    const { port } = await openTestNetwork(
      (frame) => {
        if (frame.toString() === 'throw') throw new Error('thrown');
        if (frame.toString() === 'reject') return Promise.reject(new Error('rejected'));
        return [framed(frame)];
      },
      { logger },
    );
    const bystander = await connect({ port });
    for (const how of ['throw', 'reject']) {
      const client = await connect({ port });
      client.send(framed(how));
      await client.closed;
    }
    bystander.send(framed('still here'));
    expect((await bystander.nextFrame()).toString()).toBe('still here');
    expect(logger.lines).toEqual([
      'error Connection from /127.0.0.1 on PLAINTEXT: closed, a request failed: thrown',
      'error Connection from /127.0.0.1 on PLAINTEXT: closed, a request failed: rejected',
    ]);
  });
});

describe('memory is bounded', () => {
  test('the socket is not read while requests wait for the one before', async () => {
    const { port } = await openTestNetwork((frame) =>
      frame.toString() === 'wait' ? new Promise(() => {}) : [framed(frame)],
    );
    const client = await connect({ port });
    client.send(framed('wait'));
    const waiting = 64_000_000;
    for (let sent = 0; sent < waiting; sent += 1_000_000) client.send(framed(Buffer.alloc(999_996)));
    // Turns of the event loop in which the broker could read on.
    const other = await connect({ port });
    for (let i = 0; i < 300; i++) {
      other.send(framed('ping'));
      await other.nextFrame();
    }
    const onTheWay = client.socket.bytesWritten - client.socket.writableLength;
    expect(onTheWay).toBeLessThan(waiting / 2);
    client.close();
  });

  test('nothing is served for a client that does not read, until it does', async () => {
    let served = 0;
    const large = Buffer.alloc(4_000_000);
    const { port } = await openTestNetwork(() => {
      served++;
      return [framed(large)];
    });
    const client = await connect({ port });
    client.socket.pause();
    client.send(Buffer.concat(Array.from({ length: 50 }, () => framed('more'))));
    const probe = await connect({ port });
    probe.send(framed('x'));
    await probe.nextFrame();
    const servedWhilePaused = served - 1;
    expect(servedWhilePaused).toBeLessThan(5);
    client.socket.resume();
    for (let i = 0; i < 50; i++) expect((await client.nextFrame()).length).toBe(large.length);
    expect(served).toBe(51);
  });

  test('an answer is told as sent when its client has taken it, not while that waits', async () => {
    const sent: Buffer[] = [];
    const small = framed('small');
    const large = framed(Buffer.alloc(64_000_000));
    const answers = [[large], [small]];
    const { port } = await openTestNetwork(() => answers.shift(), { sent: (buffer) => void sent.push(buffer) });
    const client = await connect({ port });
    client.socket.pause();
    client.send(framed('more'));
    const probe = await connect({ port });
    probe.send(framed('x'));
    await probe.nextFrame();
    expect(sent).toEqual([]);
    client.socket.resume();
    await client.nextFrame();
    expect(sent.map((buffer) => buffer === large)).toEqual([true]);
  });
});

describe('time', () => {
  const echo = (frame: Buffer) => [framed(frame)];
  const overrides = { 'connections.max.idle.ms': '60000' };

  test('an idle connection is closed after connections.max.idle.ms, a used one is not', async () => {
    const clock = new ManualClock();
    const { port } = await openTestNetwork(echo, { clock, overrides });
    const idle = await connect({ port });
    const used = await connect({ port });
    for (const client of [idle, used]) {
      client.send(framed('x'));
      await client.nextFrame();
    }
    clock.advance(50_000);
    used.send(framed('x'));
    await used.nextFrame();
    clock.advance(20_000);
    await idle.closed;
    used.send(framed('x'));
    expect((await used.nextFrame()).toString()).toBe('x');
  });

  test('a connection whose request is being served is not idle', async () => {
    const clock = new ManualClock();
    const manual = manualDispatch();
    const { port } = await openTestNetwork(manual.dispatch, { clock, overrides });
    const client = await connect({ port });
    const arrived = manual.next();
    client.send(framed('parked'));
    await arrived;
    clock.advance(600_000);
    manual.asked[0]?.reply.resolve(answer('late'));
    expect((await client.nextFrame()).toString()).toBe('late');
  });

  test('a request that trickles in is cut off', async () => {
    const clock = new ManualClock();
    const logger = new LogLines();
    const { network, port } = await openTestNetwork(echo, { clock, logger, overrides });
    const slow = await connect({ port });
    const other = await connect({ port });
    slow.send(framed('never whole').subarray(0, 6));
    other.send(framed('x'));
    await other.nextFrame();
    // A byte now and then does not help.
    for (let second = 0; second < 40; second += 5) {
      slow.send('.');
      other.send(framed('x'));
      await other.nextFrame();
      clock.advance(5_000);
    }
    await slow.closed;
    expect(logger.lines).toEqual([expect.stringMatching(/a request did not arrive whole within 30 s/)]);
    expect(network.connectionCount).toBe(1);
  });
});

describe('closing', () => {
  test('answers what is being served, then ends', async () => {
    const manual = manualDispatch();
    const { network, port } = await openTestNetwork(manual.dispatch);
    const [busy, quiet] = [await connect({ port }), await connect({ port })];
    const arrived = manual.next();
    busy.send(framed('x'));
    await arrived;
    network.stopAccepting();
    const closed = network.closeConnections(60_000);
    await quiet.closed;
    manual.asked[0]?.reply.resolve(answer('done'));
    expect((await busy.nextFrame()).toString()).toBe('done');
    await closed;
    await expect(connect({ port })).rejects.toThrow(/ECONNREFUSED/);
  });

  test('cuts what takes longer than the grace', async () => {
    const manual = manualDispatch();
    const { network, port } = await openTestNetwork(manual.dispatch);
    const client = await connect({ port });
    const arrived = manual.next();
    client.send(framed('x'));
    await arrived;
    await network.closeConnections(10);
    await client.closed;
    expect(manual.asked[0]?.connection.closed).toBe(true);
  });

  test('tells those who asked, once', async () => {
    const manual = manualDispatch();
    const client = await connect(await openTestNetwork(manual.dispatch));
    const arrived = manual.next();
    client.send(framed('x'));
    await arrived;
    const { connection } = manual.asked[0]!;
    const calls: string[] = [];
    connection.onClose(() => calls.push('taken back'))();
    const told = new Promise<void>((resolve) =>
      connection.onClose(() => {
        calls.push('told');
        resolve();
      }),
    );
    client.close();
    await told;
    connection.onClose(() => calls.push('at once'));
    expect(calls).toEqual(['told', 'at once']);
  });
});
