import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBroker } from '../../../src/broker/start.ts';
import { createAdmin } from '../../../src/client/admin.ts';
import { createProducer, type Producer } from '../../../src/client/producer.ts';

/** Writes one record in a transaction, and ends it. */
export async function transaction(
  properties: Record<string, string>,
  id: string,
  end: (producer: Producer) => Promise<unknown>,
): Promise<void> {
  const producer = await createProducer({ ...properties, 'transactional.id': id });
  await producer.initTransactions();
  producer.beginTransaction();
  producer.append('orders', 1, null, Buffer.from('plums'), []);
  await producer.flush();
  await end(producer);
  await producer.close();
}

/** The directory of a broker that has stopped: with indexes, an aborted transaction, the state of producers. */
export async function writeLogs(dataDir: string): Promise<void> {
  const broker = await startBroker({ dataDir, port: 0, overrides: { 'transaction.state.log.num.partitions': '1' } });
  const properties = { 'bootstrap.servers': broker.address };
  const admin = await createAdmin(properties);
  await admin.createTopics([{ name: 'orders', numPartitions: 2 }]);
  await admin.close();
  await transaction(properties, 'given-up', (producer) => producer.abortTransaction());
  for (let i = 0; i < 3; i++) {
    const producer = await createProducer(properties);
    producer.append('orders', 1, Buffer.from('k'), Buffer.alloc(5000, 'x'), [{ key: 'h', value: null }]);
    await producer.flush();
    await producer.close();
  }
  await broker.close();
  const log = readFileSync(join(dataDir, 'orders-1', '00000000000000000000.log'));
  mkdirSync(join(dataDir, 'torn'));
  writeFileSync(join(dataDir, 'torn', '00000000000000000000.log'), Buffer.concat([log, Buffer.alloc(7)]));
  // Records of the formats 0 and 1, which no broker writes any more.
  cpSync(new URL('../../kafka/damage/base/legacy/', import.meta.url), join(dataDir, 'old'), { recursive: true });
}
