// Flags that Kafka's scripts had once and 4.3 refuses. ktool understands them: those with a successor become it, those without
// a use are left out, each with a line that says what to type today; where nothing can be done the command line is refused.
import { OptionError } from './errors.ts';
import { withHyphens } from './long-dashes.ts';
import type { Script } from './script.ts';
import { flagNames } from './script-flags.ts';

type Rule =
  /** The flag has another name today. */
  | { readonly is: string }
  /** It has no effect any more; `argument` says whether a word belongs to it. */
  | { readonly gone: string; readonly argument?: boolean }
  /** What it asked for does not exist any more. */
  | { readonly refused: string };

const ZOOKEEPER =
  'Kafka has no ZooKeeper any more: in place of --zookeeper type --bootstrap-server HOST:9092, the broker itself';
const NOT_TUNED = 'there is one way to read, and nothing to tune about it';

/** For every script that does not have the flag today; Kafka's last version with it in brackets. */
const REMOVED: Readonly<Record<string, Rule>> = {
  zookeeper: { refused: ZOOKEEPER }, // topics, reassign-partitions (2.8), configs (3.8), consumer-groups, console-consumer (1.1)
  'broker-list': { is: 'bootstrap-server' }, // console-producer, get-offsets, perf tests, verifiable clients (3.8)
  'bootstrap-servers': { is: 'bootstrap-server' }, // streams-application-reset (3.8)
  'new-consumer': { gone: 'there is no other consumer' }, // console-consumer, consumer-groups, consumer-perf-test (1.1)
  'new-producer': { gone: 'there is no other producer' },
  'old-producer': { gone: 'there is no old producer any more' },
  whitelist: { is: 'include' }, // console-consumer, mirror-maker (3.8)
  'topic-white-list': { is: 'topics-include' }, // replica-verification (3.8)
  'topics-with-white-list': { is: 'topics-include' },
  force: { gone: 'nothing is asked before' }, // topics (2.8), configs (3.8)
  'disable-rack-aware': { gone: 'the brokers place replicas' }, // topics (2.8)
  'zk-tls-config-file': { refused: ZOOKEEPER.replace('--zookeeper', '--zookeeper and --zk-tls-config-file') }, // configs, acls (3.8)
  authorizer: { refused: 'The brokers keep the ACLs: in place of --authorizer type --bootstrap-server HOST:9092' }, // acls (3.8)
  'authorizer-properties': {
    refused: 'The brokers keep the ACLs: in place of --authorizer-properties type --bootstrap-server HOST:9092',
  },
  threads: { gone: NOT_TUNED, argument: true }, // consumer-perf-test (3.8)
  'num-fetch-threads': { gone: NOT_TUNED, argument: true },
  'max-wait-ms': { gone: NOT_TUNED, argument: true }, // get-offsets (2.8)
  offsets: { gone: 'a point of time has one offset', argument: true },
  'queue-size': { gone: 'records wait in buffer.memory', argument: true }, // console-producer (0.11)
  'queue-enqueuetimeout-ms': { gone: 'see max.block.ms', argument: true },
  'key-serializer': { gone: 'lines are bytes', argument: true },
  'value-serializer': { gone: 'lines are bytes', argument: true },
};

/** Where a flag means something else than in general, or has another successor. */
const OF_SCRIPTS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  'kafka-consumer-perf-test': { 'consumer-config': { is: 'command-config' } },
  'kafka-producer-perf-test': {
    topics: { is: 'topic' }, // to 0.8
    messages: { is: 'num-records' },
    'message-size': { is: 'record-size' },
    'batch-size': { gone: 'see --command-property batch.size=BYTES', argument: true },
    'compression-codec': { gone: 'see --command-property compression.type=lz4', argument: true },
    threads: { gone: 'one client sends as fast as it can', argument: true },
  },
};

/** Classes that have moved, as the value of an option. */
const MOVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  formatter: {
    'kafka.tools.DefaultMessageFormatter': 'org.apache.kafka.tools.consumer.DefaultMessageFormatter',
    'kafka.tools.LoggingMessageFormatter': 'org.apache.kafka.tools.consumer.LoggingMessageFormatter',
    'kafka.tools.NoOpMessageFormatter': 'org.apache.kafka.tools.consumer.NoOpMessageFormatter',
    'kafka.coordinator.group.GroupMetadataManager$OffsetsMessageFormatter':
      'org.apache.kafka.tools.consumer.OffsetsMessageFormatter',
    'kafka.coordinator.GroupMetadataManager$OffsetsMessageFormatter':
      'org.apache.kafka.tools.consumer.OffsetsMessageFormatter', // 0.9 and 0.10
    'kafka.server.OffsetManager$OffsetsMessageFormatter': 'org.apache.kafka.tools.consumer.OffsetsMessageFormatter', // 0.8
    'kafka.coordinator.GroupMetadataManager$GroupMetadataMessageFormatter':
      'org.apache.kafka.tools.consumer.GroupMetadataMessageFormatter',
    'kafka.coordinator.group.GroupMetadataManager$GroupMetadataMessageFormatter':
      'org.apache.kafka.tools.consumer.GroupMetadataMessageFormatter',
    'kafka.coordinator.transaction.TransactionLog$TransactionLogMessageFormatter':
      'org.apache.kafka.tools.consumer.TransactionLogMessageFormatter',
  },
  'line-reader': {
    'kafka.tools.ConsoleProducer$LineMessageReader': 'org.apache.kafka.tools.LineMessageReader',
    'org.apache.kafka.tools.ConsoleProducer$LineMessageReader': 'org.apache.kafka.tools.LineMessageReader',
  },
};

/**
 * The command line as one types it today.
 * @param warn gets a line for each flag that was understood though it is gone
 * @throws OptionError that says what to type in place of a flag that cannot be understood
 */
export function modernWords(script: Script, argv: readonly string[], warn: (line: string) => void): readonly string[] {
  const typed = withHyphens(script, argv, (name) => ruleOf(script, name) !== undefined, warn);
  const known = flagNames(script);
  const words: string[] = [];
  for (let i = 0; i < typed.length; i++) {
    const word = typed[i]!;
    if (word === '--') return [...words, ...typed.slice(i)];
    const { dashes, name, value } = flagOf(word);
    const moved = MOVED[name]?.[value ?? typed[i + 1] ?? ''];
    const rule = known.has(name) || dashes === '' ? undefined : ruleOf(script, name);
    if (moved !== undefined && known.has(name)) {
      warn(`--${name} ${value ?? typed[i + 1]} has moved: type --${name} ${moved}`);
      words.push(`--${name}`, moved);
      if (value === undefined) i++;
    } else if (rule === undefined || ('is' in rule && !known.has(rule.is))) words.push(word);
    else if ('refused' in rule) throw new OptionError(rule.refused, 'joptsimple.UnrecognizedOptionException');
    else if ('gone' in rule) {
      warn(`--${name} is gone and left out: ${rule.gone}`);
      if (rule.argument && value === undefined) i++;
    } else {
      warn(`--${name} is gone: type --${rule.is}`);
      const isDouble = typed.some((other) => flagOf(other).name === rule.is && other.startsWith('-'));
      if (!isDouble) words.push(value === undefined ? `--${rule.is}` : `--${rule.is}=${value}`);
      else if (value === undefined) i++;
    }
  }
  return words;
}

function ruleOf(script: Script, name: string): Rule | undefined {
  const table = OF_SCRIPTS[script.kafkaName];
  if (table !== undefined && Object.hasOwn(table, name)) return table[name];
  return Object.hasOwn(REMOVED, name) ? REMOVED[name] : undefined;
}

function flagOf(word: string): { dashes: string; name: string; value: string | undefined } {
  const [, dashes = '', name = '', value] = /^(--?)([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  return { dashes, name, value };
}
