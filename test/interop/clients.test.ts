// kcat (librdkafka), confluent-kafka and kafka-python with their default settings. KTOOL_PYTHON names a Python that has
// the packages `kafka-python` and `confluent-kafka`; what is missing is skipped, by name.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { runAsync } from './run.ts';

const python = process.env.KTOOL_PYTHON ?? 'python3';
const has = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const kcat = has('kcat', '-V');
const confluent = has(python, '-c', 'import confluent_kafka');
const kafkaPython = has(python, '-c', 'import kafka');
for (const [name, there] of Object.entries({ kcat, 'confluent-kafka': confluent, 'kafka-python': kafkaPython })) {
  if (!there) console.warn(`skipped: ${name} is not on this machine`);
}

describe.skipIf(!kcat)('kcat', () => {
  it.each(['none', 'gzip', 'snappy', 'lz4', 'zstd'])('writes and reads with %s', async (codec) => {
    const broker = await startTestBroker();
    const lines = Array.from({ length: 1000 }, (_, i) => `line ${i} ${'x'.repeat(i % 90)}`).join('\n');
    await runAsync('kcat', ['-P', '-b', broker.address, '-t', 't', '-z', codec], `${lines}\n`);
    const { stdout } = await runAsync('kcat', ['-C', '-b', broker.address, '-t', 't', '-o', 'beginning', '-e', '-q']);
    expect(stdout.trimEnd()).toBe(lines);
  });

  it('reads in a group', async () => {
    const broker = await startTestBroker();
    await runAsync('kcat', ['-P', '-b', broker.address, '-t', 't'], 'one\ntwo\nthree\n');
    const group = ['-b', broker.address, '-X', 'auto.offset.reset=earliest', '-c', '3', '-q', '-G', 'g', 't'];
    expect((await runAsync('kcat', group)).stdout).toBe('one\ntwo\nthree\n');
  });
});

const PROGRAMS = {
  'confluent-kafka': `
import sys
from confluent_kafka import Producer, Consumer
from confluent_kafka.admin import AdminClient, NewTopic
at = {'bootstrap.servers': sys.argv[1]}
admin = AdminClient(at)
[f.result() for f in admin.create_topics([NewTopic('t', 3, 1)]).values()]
p = Producer(at)
for i in range(100): p.produce('t', key=str(i % 7), value=str(i))
assert p.flush(20) == 0
c = Consumer({**at, 'group.id': 'g', 'auto.offset.reset': 'earliest'})
c.subscribe(['t'])
got = []
while len(got) < 100:
    m = c.poll(20)
    assert m is not None and m.error() is None, m and m.error()
    got.append(m.value().decode())
c.close()
print(' '.join(sorted(got, key=int)))
`,
  'kafka-python': `
import sys
from kafka import KafkaProducer, KafkaConsumer, KafkaAdminClient
from kafka.admin import NewTopic
KafkaAdminClient(bootstrap_servers=sys.argv[1]).create_topics([NewTopic('t', 3, 1)])
p = KafkaProducer(bootstrap_servers=sys.argv[1])
for i in range(100): p.send('t', key=b'%d' % (i % 7), value=b'%d' % i)
p.flush()
c = KafkaConsumer('t', bootstrap_servers=sys.argv[1], group_id='g', auto_offset_reset='earliest', consumer_timeout_ms=20000)
got = []
for m in c:
    got.append(m.value.decode())
    if len(got) == 100: break
c.close()
print(' '.join(sorted(got, key=int)))
`,
};

describe.each(Object.entries(PROGRAMS))('%s', (name, program) => {
  it.skipIf(name === 'kafka-python' ? !kafkaPython : !confluent)('creates, writes and reads in a group', async () => {
    const broker = await startTestBroker();
    const { stdout } = await runAsync(python, ['-c', program, broker.address]);
    expect(stdout.trim()).toBe(Array.from({ length: 100 }, (_, i) => i).join(' '));
  });
});
