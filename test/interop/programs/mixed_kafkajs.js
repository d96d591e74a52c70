// A longer mixed run of kafkajs: see mixed.test.ts for what it prints and is told.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompressionTypes, Kafka, logLevel } from 'kafkajs';

const kafka = new Kafka({ clientId: 'mixed', brokers: [process.argv[2]], logLevel: logLevel.NOTHING });
let back = false;
const told = once(process.stdin, 'data').then(() => (back = true));

const admin = kafka.admin();
await admin.connect();
const large = [{ name: 'max.message.bytes', value: '2000000' }];
await admin.createTopics({
  topics: [
    { topic: 'mixed', numPartitions: 4, configEntries: large },
    { topic: 'tx', numPartitions: 2 },
  ],
});

const grouped = new Set();
const consumers = [];
async function read(groupId, topic, settings, eachMessage) {
  const consumer = kafka.consumer({ groupId, ...settings });
  consumers.push(consumer);
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({ eachMessage: async ({ message }) => eachMessage(message) });
  return consumer;
}
const member = () => read('team', 'mixed', { retry: { retries: 50 } }, ({ key }) => grouped.add(String(key)));
await Promise.all([member(), member()]);

const sent = new Map();
const failed = [];
async function send(producer, codec, numbers, valueAt) {
  const messages = numbers.map((number) => ({
    key: `${codec}-${number}`,
    value: valueAt(number),
    headers: { codec: String(codec), empty: '' },
  }));
  for (const { key, value } of messages) sent.set(key, String(value));
  const compression = codec;
  await producer
    .send({ topic: 'mixed', compression, messages })
    .catch(({ message }) => failed.push(`${codec}: ${message}`));
}
const upTo = (count) => Array.from({ length: count }, (_, number) => number);

for (const codec of [CompressionTypes.None, CompressionTypes.GZIP]) {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry: { retries: 50 } });
  await producer.connect();
  await send(producer, codec, upTo(500), (number) => `${codec} ${number} `.repeat((number % 50) + 1));
  await send(producer, codec, [500], () => randomBytes(700_000).toString('hex'));
  if (codec === CompressionTypes.GZIP) {
    console.log('restart');
    for (let number = 501; !back || number < 600; number++) {
      await send(producer, codec, [number], () => 'while it is away');
      await sleep(2);
    }
    await told;
    await member();
  }
  await producer.disconnect();
}

async function until(condition) {
  for (let tries = 0; tries < 300 && !condition(); tries++) await sleep(100);
  await sleep(500);
}
const seen = [];
const wrong = [];
await read('reader', 'mixed', {}, ({ key, value, headers }) => {
  seen.push(String(key));
  const [codec] = String(key).split('-');
  if (sent.get(String(key)) !== String(value) || String(headers.codec) !== codec || headers.empty?.length !== 0)
    wrong.push(String(key));
});
await until(() => seen.length >= sent.size && grouped.size === sent.size);

const producer = kafka.producer({ transactionalId: 'mixed', idempotent: true, maxInFlightRequests: 1 });
await producer.connect();
for (const at of upTo(10)) {
  const transaction = await producer.transaction();
  await transaction.send({ topic: 'tx', messages: upTo(20).map((key) => ({ key: String(key), value: String(at) })) });
  const topics = [{ topic: 'mixed', partitions: [{ partition: 0, offset: String(at + 1) }] }];
  await transaction.sendOffsets({ consumerGroupId: 'offsets', topics });
  await (at % 2 === 0 ? transaction.commit() : transaction.abort());
}
await producer.disconnect();
const transactions = {};
let total = 0;
await read('committed', 'tx', { readUncommitted: false }, ({ value }) => {
  transactions[value] = (transactions[value] ?? 0) + 1;
  total++;
});
await until(() => total >= 100);
const [{ partitions }] = await admin.fetchOffsets({ groupId: 'offsets', topics: ['mixed'] });
const committed = Number(partitions.find(({ partition }) => partition === 0).offset);
await Promise.all([...consumers, admin].map((one) => one.disconnect()));
const counts = { sent: sent.size, read: seen.length, distinct: new Set(seen).size, grouped: grouped.size };
console.log(JSON.stringify({ ...counts, failed, wrong, transactions, committed }));
process.exit(0);
