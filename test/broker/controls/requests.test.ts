import { expect, test } from 'vitest';
import { ApiVersions } from '../../../src/protocol/messages/api-versions.ts';
import { Metadata } from '../../../src/protocol/messages/metadata.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect } from '../../helpers/client.ts';
import { batch, createTopic, produce } from '../data-path.ts';

test('requests are kept with what they ask', async () => {
  const broker = await startTestBroker({ recordRequests: true, clock: 'manual' });
  const id = createTopic(broker, 'orders');
  const client = await connect(broker);
  await client.request(Metadata, 12, { topics: [{ name: 'orders' }] });
  const startedMs = broker.requests.all()[0]!.timeMs;
  await broker.advance(1000);
  await produce(client, '', batch(['a']), { version: 13, topicId: id, clientId: 'shop' });
  const [metadata, produced] = broker.requests.all();
  expect(broker.requests.all()).toHaveLength(2);
  expect(metadata).toMatchObject({ api: 'Metadata', version: 12, clientId: 'test', correlationId: 1, nodeId: 1 });
  expect(metadata?.topics).toEqual(['orders']);
  expect(produced).toMatchObject({
    api: 'Produce',
    version: 13,
    clientId: 'shop',
    correlationId: 2,
    principal: 'User:ANONYMOUS',
  });
  expect(produced?.topics).toEqual(['orders']);
  expect(produced?.timeMs).toBe(startedMs + 1000);
  const [typed] = broker.requests.of('Produce', { topic: 'orders' });
  expect(typed?.body.acks).toBe(-1);
  expect(broker.requests.of('Produce', { topic: 'other' })).toEqual([]);
  broker.requests.clear();
  expect(broker.requests.all()).toEqual([]);
});

test('the newest are kept', async () => {
  const broker = await startTestBroker({ recordRequests: 3 });
  const client = await connect(broker);
  for (let i = 0; i < 10; i++) await client.request(ApiVersions, 0, {});
  expect(broker.requests.all().map(({ correlationId }) => correlationId)).toEqual([8, 9, 10]);
});

test('without being asked nothing is kept, and requests take no detour', async () => {
  const broker = await startTestBroker();
  const { controls } = broker.services;
  expect(controls.isActive).toBe(false);
  expect(() => broker.requests.all()).toThrow('recordRequests: true');
  const seen = broker.requests.waitFor('ApiVersions');
  expect(controls.isActive).toBe(true);
  await (await connect(broker)).request(ApiVersions, 0, {});
  expect((await seen).api).toBe('ApiVersions');
  expect(controls.isActive).toBe(false);
});

test('the next request that matches can be waited for', async () => {
  const broker = await startTestBroker();
  createTopic(broker, 'orders');
  const client = await connect(broker);
  await produce(client, 'orders', batch(['too early']));
  const [first, any] = [broker.requests.waitFor('Produce', { clientId: 'shop' }), broker.requests.waitFor('*')];
  await produce(client, 'orders', batch(['from another']));
  await produce(client, 'orders', batch(['it']), { clientId: 'shop' });
  expect((await any).correlationId).toBe(2);
  expect((await first).correlationId).toBe(3);
});

test('a wait ends', async () => {
  const broker = await startTestBroker();
  await expect(broker.requests.waitFor('Produce', { timeoutMs: 1 })).rejects.toThrow(
    'No Produce request that matches came within 1 ms',
  );
  const waiting = broker.requests.waitFor('Produce');
  await broker.stop();
  await expect(waiting).rejects.toThrow('stopped');
  expect(broker.services.controls.isActive).toBe(false);
});
