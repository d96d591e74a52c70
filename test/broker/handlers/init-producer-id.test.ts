import { describe, expect, it } from 'vitest';
import { memoryFiles } from '../../../src/log/memory-files.ts';
import { ErrorCode } from '../../../src/protocol/errors.ts';
import { InitProducerId } from '../../../src/protocol/messages/init-producer-id.ts';
import type { RequestInput } from '../../../src/protocol/schema.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { connect, type TestClient } from '../../helpers/client.ts';

type Input = RequestInput<typeof InitProducerId>;

function init(client: TestClient, more: Partial<Input> = {}, version = 5) {
  return client.request(InitProducerId, version, { transactionalId: null, transactionTimeoutMs: 1000, ...more });
}

describe('init producer id', () => {
  it.each([0, 1, 2, 3, 4, 5])('gives each producer an id of its own, epoch 0, in version %i', async (version) => {
    const client = await connect(await startTestBroker());
    const first = await init(client, {}, version);
    const second = await init(client, {}, version);
    expect(first).toMatchObject({ errorCode: 0, producerEpoch: 0 });
    expect(second.producerId).toBe(first.producerId + 1);
  });

  it('gives no id twice, over the end of a block and a restart', async () => {
    const files = memoryFiles();
    const first = await startTestBroker({ files, dataDir: '/data' });
    const client = await connect(first);
    const ids = new Set<number>();
    for (let i = 0; i < 1001; i++) ids.add((await init(client)).producerId);
    await first.close();
    const second = await connect(await startTestBroker({ files, dataDir: '/data' }));
    ids.add((await init(second)).producerId);
    expect(ids.size).toBe(1002);
  });

  it('refuses an id without an epoch, an epoch without an id, and an empty transactional id', async () => {
    const client = await connect(await startTestBroker());
    const invalid = { errorCode: ErrorCode.INVALID_REQUEST, producerId: -1, producerEpoch: -1 };
    expect(await init(client, { producerId: 5 })).toMatchObject(invalid);
    expect(await init(client, { producerEpoch: 1 })).toMatchObject(invalid);
    expect(await init(client, { transactionalId: '' })).toMatchObject(invalid);
    expect(await init(client, { producerId: 5, producerEpoch: 1 })).toMatchObject({ errorCode: 0, producerEpoch: 0 });
  });

  it('refuses transactions without a time limit and beyond transaction.max.timeout.ms', async () => {
    const client = await connect(await startTestBroker());
    const initWith = async (transactionTimeoutMs: number) =>
      (await init(client, { transactionalId: 'tx', transactionTimeoutMs })).errorCode;
    expect(await initWith(0)).toBe(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    expect(await initWith(900_001)).toBe(ErrorCode.INVALID_TRANSACTION_TIMEOUT);
    expect(await initWith(900_000)).toBe(ErrorCode.NONE);
  });
});
