/** Scripts of Kafka that are no more, and what does their work. */
const GONE: Readonly<Record<string, string>> = {
  'kafka-preferred-replica-election':
    'kafka-leader-election --election-type preferred --all-topic-partitions --bootstrap-server HOST:9092',
  'kafka-mirror-maker': 'connect-mirror-maker FILE',
  'kafka-consumer-offset-checker': 'kafka-consumer-groups --describe --group GROUP --bootstrap-server HOST:9092',
  'kafka-simple-consumer-shell':
    'kafka-console-consumer --topic TOPIC --partition 0 --offset 0 --bootstrap-server HOST:9092',
  'kafka-replay-log-producer': 'kafka-console-consumer … | kafka-console-producer …',
};

/** Whether there was once a script of that name. */
export const isGone = (script: string): boolean => Object.hasOwn(GONE, script);

/** Says that a script of Kafka's is none of ktool's, or none of Kafka's any more. */
export function unavailable(script: string): void {
  const instead = GONE[script];
  process.stderr.write(
    instead === undefined
      ? `ktool does not have ${script}: use Apache Kafka's own script for it\n`
      : `Kafka has no ${script} any more: type ${instead}\n`,
  );
  process.exitCode = 1;
}
