import { describe, expect, test } from 'vitest';
import { modernWords } from '../../../src/cli/options/removed.ts';
import type { Script } from '../../../src/cli/options/script.ts';
import { cluster } from '../../../src/cli/options/scripts/cluster.ts';
import { consoleConsumer } from '../../../src/cli/options/scripts/console-consumer.ts';
import { consoleProducer } from '../../../src/cli/options/scripts/console-producer.ts';
import { consumerGroups } from '../../../src/cli/options/scripts/consumer-groups.ts';
import { getOffsets } from '../../../src/cli/options/scripts/get-offsets.ts';
import { producerPerfTest } from '../../../src/cli/options/scripts/producer-perf-test.ts';
import { topics } from '../../../src/cli/options/scripts/topics.ts';

function modern(script: Script, line: string) {
  const warnings: string[] = [];
  return { line: modernWords(script, line.split(' '), (text) => warnings.push(text)).join(' '), warnings };
}

describe('a flag of once', () => {
  test.each<[Script, string, string, string[]]>([
    [
      consoleProducer,
      '--broker-list h:1,h:2 --topic t',
      '--bootstrap-server h:1,h:2 --topic t',
      ['--broker-list is gone: type --bootstrap-server'],
    ],
    [getOffsets, '-broker-list=h:1', '--bootstrap-server=h:1', ['--broker-list is gone: type --bootstrap-server']],
    [
      getOffsets,
      '--broker-list h:1 --max-wait-ms 5 --bootstrap-server h:2',
      '--bootstrap-server h:2',
      [
        '--broker-list is gone: type --bootstrap-server',
        '--max-wait-ms is gone and left out: there is one way to read, and nothing to tune about it',
      ],
    ],
    [
      consumerGroups,
      '--new-consumer --list',
      '--list',
      ['--new-consumer is gone and left out: there is no other consumer'],
    ],
    [consoleConsumer, '--whitelist a|b', '--include a|b', ['--whitelist is gone: type --include']],
    [
      consoleConsumer,
      '--formatter kafka.tools.NoOpMessageFormatter --topic t',
      '--formatter org.apache.kafka.tools.consumer.NoOpMessageFormatter --topic t',
      [
        '--formatter kafka.tools.NoOpMessageFormatter has moved: type --formatter org.apache.kafka.tools.consumer.NoOpMessageFormatter',
      ],
    ],
    [
      consoleConsumer,
      '--formatter=kafka.coordinator.GroupMetadataManager$OffsetsMessageFormatter',
      '--formatter org.apache.kafka.tools.consumer.OffsetsMessageFormatter',
      [
        '--formatter kafka.coordinator.GroupMetadataManager$OffsetsMessageFormatter has moved: type --formatter org.apache.kafka.tools.consumer.OffsetsMessageFormatter',
      ],
    ],
    [
      producerPerfTest,
      '--messages 5 --topics t --message-size 10 --threads 3',
      '--num-records 5 --topic t --record-size 10',
      [
        '--messages is gone: type --num-records',
        '--topics is gone: type --topic',
        '--message-size is gone: type --record-size',
        '--threads is gone and left out: one client sends as fast as it can',
      ],
    ],
    [
      topics,
      '--delete --force --topic t',
      '--delete --topic t',
      ['--force is gone and left out: nothing is asked before'],
    ],
  ])('%# is understood and named', (script, line, expected, warnings) => {
    expect(modern(script, line)).toEqual({ line: expected, warnings });
  });

  test.each([topics, consumerGroups, consoleConsumer, cluster])(
    '--zookeeper is refused with what to type',
    (script) => {
      expect(() => modern(script, '--zookeeper localhost:2181 --list')).toThrow(
        'in place of --zookeeper type --bootstrap-server HOST:9092',
      );
    },
  );
});

test('flags of today and words that are no flags stay', () => {
  const line = '--create --topic zookeeper --if-not-exists --config a=b -- --zookeeper';
  expect(modern(topics, line)).toEqual({ line, warnings: [] });
});

test('what the script never had is for its parser to refuse', () => {
  expect(modern(topics, '--whitelist t')).toEqual({ line: '--whitelist t', warnings: [] });
});
