// Lines of runbooks, health checks and init containers, whose output other programs read. What is expected is what the same lines
// gave with Apache Kafka 4.3.1.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Reader } from '../../helpers/reader.ts';

const AT = '--bootstrap-server localhost:9092';

async function shell(reader: Reader, script: string): Promise<string> {
  writeFileSync(join(reader.home, 'line.sh'), script.replaceAll('localhost:9092', reader.bootstrap));
  return (await reader.run('/bin/sh line.sh')).stdout;
}

test('what is counted, summed and looked for', async () => {
  const reader = await Reader.open();
  const broker = reader.start('bin/kafka-server-start.sh config/server.properties');
  await broker.says('Kafka Server started');
  const prints = async (script: string, text: string) =>
    expect([script, await shell(reader, script)]).toEqual([script, text]);
  await prints(
    `for t in orders parcels; do kafka-topics --create --if-not-exists --topic $t ${AT} --partitions 3 --replication-factor 1 --config retention.ms=60000; done`,
    'Created topic orders.\nCreated topic parcels.\n',
  );
  await prints(`kafka-topics --create --if-not-exists --topic orders ${AT}; echo $?`, '0\n');
  await prints(
    `kafka-topics.sh --describe ${AT} --topic orders | grep ReplicationFactor | awk '{print $6, $8}'`,
    '3 1\n',
  );
  await prints(`kafka-topics.sh --describe ${AT} | grep -c 'Leader: 1'`, '6\n');
  await prints(`kafka-topics.sh --describe --under-replicated-partitions ${AT} | wc -l | tr -d ' '`, '0\n');
  await prints(
    `printf 'a:1\\nb:2\\nc:3\\na:4\\n' | kafka-console-producer.sh --broker-list localhost:9092 --topic orders --property parse.key=true --property key.separator=: > /dev/null
kafka-console-consumer.sh ${AT} --topic orders --group shop --from-beginning --max-messages 3 2> /dev/null | wc -l | tr -d ' '`,
    '3\n',
  );
  const ends = (time: string) =>
    `kafka-run-class.sh kafka.tools.GetOffsetShell --broker-list localhost:9092 --topic orders --time ${time} | awk -F: '{sum += $3} END {print sum}'`;
  await prints(`echo $(( $(${ends('-1')}) - $(${ends('-2')}) ))`, '4\n');
  await prints(
    `kafka-consumer-groups.sh ${AT} --describe --group shop 2> /dev/null | awk 'NR>2 && $6!="-" {sum[$1]+=$6} END {for (g in sum) printf "%s=%d\\n", g, sum[g]}'`,
    'shop=1\n',
  );
  await prints(
    `kafka-consumer-groups.sh ${AT} --list | grep '^shop$' | xargs -I{} kafka-consumer-groups.sh ${AT} --delete --group {}`,
    "Deletion of requested consumer groups ('shop') was successful.\n",
  );
  await prints(`if kafka-broker-api-versions.sh ${AT} > /dev/null 2>&1; then echo up; else echo down; fi`, 'up\n');
  await prints(`kafka-metadata-quorum.sh ${AT} describe --status | awk '/LeaderId/{print $2}'`, '1\n');
  await prints(
    `kafka-log-dirs.sh ${AT} --describe --topic-list parcels | tr ',' '\\n' | awk -F: '/"size"/{ n++; sum += $2 } END { print n, sum }'`,
    '3 0\n',
  );
  await prints(
    `kafka-topics.sh ${AT} --delete --topic 'parc.*' && kafka-topics.sh ${AT} --list --exclude-internal`,
    'orders\n',
  );
}, 60_000);
