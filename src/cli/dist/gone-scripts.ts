// Scripts and classes of versions before 4.0 that guides still name: what does their work today.

interface Gone {
  /** What to type instead. */
  readonly instead: string;
  /** Its classes, for kafka-run-class. */
  readonly classes: readonly string[];
}

const TOPICS = 'kafka-topics --%s --topic TOPIC --bootstrap-server HOST:9092';
const topics = (action: string): string => TOPICS.replace('%s', action);
const RESET = 'kafka-consumer-groups --reset-offsets --group GROUP --all-topics --bootstrap-server HOST:9092';

/** Name without `.sh` → what became of it. */
export const goneScripts: Readonly<Record<string, Gone>> = {
  'kafka-preferred-replica-election': {
    instead: 'kafka-leader-election --election-type preferred --all-topic-partitions --bootstrap-server HOST:9092',
    classes: ['kafka.admin.PreferredReplicaLeaderElectionCommand'],
  },
  'kafka-mirror-maker': { instead: 'connect-mirror-maker FILE', classes: ['kafka.tools.MirrorMaker'] },
  'kafka-consumer-offset-checker': {
    instead: 'kafka-consumer-groups --describe --group GROUP --bootstrap-server HOST:9092',
    classes: ['kafka.tools.ConsumerOffsetChecker'],
  },
  'kafka-simple-consumer-shell': {
    instead: 'kafka-console-consumer --topic TOPIC --partition 0 --offset 0 --bootstrap-server HOST:9092',
    classes: ['kafka.tools.SimpleConsumerShell'],
  },
  'kafka-replay-log-producer': {
    instead: 'kafka-console-consumer … | kafka-console-producer …',
    classes: ['kafka.tools.ReplayLogProducer'],
  },
  'kafka-create-topic': { instead: topics('create'), classes: ['kafka.admin.CreateTopicCommand'] },
  'kafka-list-topic': { instead: topics('describe'), classes: ['kafka.admin.ListTopicCommand'] },
  'kafka-delete-topic': { instead: topics('delete'), classes: ['kafka.admin.DeleteTopicCommand'] },
  'kafka-add-partitions': {
    instead: `${topics('alter')} --partitions N`,
    classes: ['kafka.admin.AddPartitionsCommand'],
  },
};

/** Classes that never had a script. */
const GONE_CLASSES: Readonly<Record<string, string>> = {
  'kafka.tools.ExportZkOffsets': `${RESET} --to-current --export`,
  'kafka.tools.ImportZkOffsets': `${RESET} --from-file FILE --execute`,
  'kafka.tools.UpdateOffsetsInZK': `${RESET} --to-earliest --execute`,
  'kafka.tools.VerifyConsumerRebalance':
    'kafka-consumer-groups --describe --members --verbose --group GROUP --bootstrap-server HOST:9092',
  'kafka.admin.ShutdownBroker': 'kafka-server-stop --node-id=ID',
  'kafka.perf.ProducerPerformance':
    'kafka-producer-perf-test --topic TOPIC --num-records N --record-size BYTES --throughput -1 --bootstrap-server HOST:9092',
};

/** What to type in the place of a class; undefined for one that is not known. */
export function insteadOfClass(className: string): string | undefined {
  const script = Object.values(goneScripts).find(({ classes }) => classes.includes(className));
  return script?.instead ?? (Object.hasOwn(GONE_CLASSES, className) ? GONE_CLASSES[className] : undefined);
}

export const isGone = (name: string): boolean => Object.hasOwn(goneScripts, name);
