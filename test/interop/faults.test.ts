// Other people's clients meet one error of every kind on their way and get over it, as they do with Kafka's own broker: the
// answers have the shape they expect, and the error is where they look for it.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApiName, ErrorName } from '../../src/index.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const kcat = spawnSync('kcat', ['-V'], { stdio: 'ignore' }).status === 0;
const why = whyNoKafka();
for (const reason of [kcat ? undefined : 'kcat is not on this machine', why])
  if (reason !== undefined) console.warn(`skipped: ${reason}`);

const javaTool = (name: string, args: readonly string[], input = '') =>
  runAsync('java', ['-Xmx256M', '-cp', join(KAFKA_JARS, '*'), name, ...args], input);

const ON_THE_WAY: readonly [ApiName, ErrorName][] = [
  ['ApiVersions', 'UNSUPPORTED_VERSION'],
  ['Metadata', 'LEADER_NOT_AVAILABLE'],
  ['InitProducerId', 'COORDINATOR_LOAD_IN_PROGRESS'],
  ['Produce', 'NOT_LEADER_OR_FOLLOWER'],
  ['Produce', 'REQUEST_TIMED_OUT'],
  ['Produce', 'NOT_ENOUGH_REPLICAS'],
  ['FindCoordinator', 'COORDINATOR_NOT_AVAILABLE'],
  ['JoinGroup', 'NOT_COORDINATOR'],
  ['JoinGroup', 'UNKNOWN_MEMBER_ID'],
  ['SyncGroup', 'REBALANCE_IN_PROGRESS'],
  ['OffsetFetch', 'UNSTABLE_OFFSET_COMMIT'],
  ['ListOffsets', 'NOT_LEADER_OR_FOLLOWER'],
  ['Fetch', 'NOT_LEADER_OR_FOLLOWER'],
  ['Fetch', 'FETCH_SESSION_ID_NOT_FOUND'],
  ['Fetch', 'OFFSET_OUT_OF_RANGE'],
  ['OffsetCommit', 'NOT_COORDINATOR'],
];

describe.skipIf(!kcat).each(ON_THE_WAY)('kcat meets %s %s', (api, error) => {
  it('and goes on', async () => {
    const broker = await startTestBroker();
    const fault = broker.faults.next(api, { error });
    const idempotence = ['-X', 'enable.idempotence=true'];
    await runAsync('kcat', ['-P', '-b', broker.address, '-t', 't', ...idempotence], 'one\ntwo\nthree\n');
    const group = ['-b', broker.address, '-X', 'auto.offset.reset=earliest', '-c', '3', '-q', '-G', 'g', 't'];
    expect((await runAsync('kcat', group)).stdout).toBe('one\ntwo\nthree\n');
    expect(fault.hits).toBe(1);
  });
});

describe.skipIf(why !== undefined)("Kafka's own console", () => {
  it('gets over all of them', async () => {
    const broker = await startTestBroker();
    const faults = ON_THE_WAY.map(([api, error]) => broker.faults.next(api, { error }));
    const at = ['--bootstrap-server', broker.address, '--topic', 't'];
    await javaTool('org.apache.kafka.tools.ConsoleProducer', at, 'one\ntwo\nthree\n');
    const consumer = [...at, '--group', 'g', '--from-beginning', '--max-messages', '3', '--timeout-ms', '30000'];
    const { stdout } = await javaTool('org.apache.kafka.tools.consumer.ConsoleConsumer', consumer);
    expect(stdout).toBe('one\ntwo\nthree\n');
    expect(faults.flatMap(({ hits }, i) => (hits === 0 ? [ON_THE_WAY[i]] : []))).toEqual([]);
  });
});
