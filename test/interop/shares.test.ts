// Kafka's own share consumer on ktool's broker and on Apache Kafka: the same program prints the same.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestBroker } from '../helpers/broker.ts';
import { startKafkaBroker } from './kafka-broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const PROGRAM = fileURLToPath(new URL('ShareGroups.java', import.meta.url));
const whyNot = whyNoKafka();
if (whyNot) console.warn(`skipped: ${whyNot}`);

/** As Apache Kafka 4.3.1 has it. */
const EXPECTED = `
first 0=r0:1 1=r1:1 2=r2:1 3=r3:1 4=r4:1 5=r5:1
results [ok]
renewed r3 [ok]
delivery 2 1=r1:2 5=r5:2
delivery 3 1=r1:3 5=r5:3
spent 0
offsets 5 lag 0
implicit 6=r6:1 7=r7:1 8=r8:1
offsets 6 lag 0
committed 0=v0:1 4=v2:1
uncommitted 0=v0:1 2=v1:1 4=v2:1 6=v3:1
limited 0=r0:1 1=r1:1
limited 2=r2:1 3=r3:1
limited 4=r4:1 5=r5:1
latest 9=r9:1
`.trimStart();

async function output(address: string): Promise<string> {
  const options = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*')];
  return (await runAsync('java', [...options, PROGRAM, address])).stdout;
}

describe.skipIf(whyNot)('the share consumer of Kafka', () => {
  it('finds on ktool what it finds on Apache Kafka', { timeout: 120_000 }, async () => {
    const broker = await startTestBroker();
    expect(await output(broker.address)).toBe(EXPECTED);
  });

  it('finds on Apache Kafka what is expected here', { timeout: 120_000 }, async () => {
    const broker = await startKafkaBroker({
      'share.coordinator.state.topic.replication.factor': '1',
      'share.coordinator.state.topic.min.isr': '1',
    });
    onTestFinished(() => broker.stop());
    expect(await output(broker.address)).toBe(EXPECTED);
  });
});
