// The scripts of Apache Kafka 4.3, and those of versions before that tutorials still name, with the classes they start:
// the one of 4.3 first, then what it was called before.

/** Name without `.sh` → classes. */
export const kafkaScripts: Readonly<Record<string, readonly string[]>> = {
  'connect-distributed': ['org.apache.kafka.connect.cli.ConnectDistributed'],
  'connect-mirror-maker': ['org.apache.kafka.connect.mirror.MirrorMaker'],
  'connect-plugin-path': ['org.apache.kafka.tools.ConnectPluginPath'],
  'connect-standalone': ['org.apache.kafka.connect.cli.ConnectStandalone'],
  'kafka-acls': ['org.apache.kafka.tools.AclCommand', 'kafka.admin.AclCommand'],
  'kafka-broker-api-versions': [
    'org.apache.kafka.tools.BrokerApiVersionsCommand',
    'kafka.admin.BrokerApiVersionsCommand',
  ],
  'kafka-client-metrics': ['org.apache.kafka.tools.ClientMetricsCommand'],
  'kafka-cluster': ['org.apache.kafka.tools.ClusterTool', 'kafka.tools.ClusterTool'],
  'kafka-configs': ['kafka.admin.ConfigCommand'],
  'kafka-console-consumer': [
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    'kafka.tools.ConsoleConsumer',
    'kafka.consumer.ConsoleConsumer',
  ],
  'kafka-console-producer': [
    'org.apache.kafka.tools.ConsoleProducer',
    'kafka.tools.ConsoleProducer',
    'kafka.producer.ConsoleProducer',
  ],
  'kafka-console-share-consumer': ['org.apache.kafka.tools.consumer.ConsoleShareConsumer'],
  'kafka-consumer-groups': [
    'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
    'kafka.admin.ConsumerGroupCommand',
  ],
  'kafka-consumer-perf-test': ['org.apache.kafka.tools.ConsumerPerformance', 'kafka.tools.ConsumerPerformance'],
  'kafka-delegation-tokens': ['org.apache.kafka.tools.DelegationTokenCommand', 'kafka.admin.DelegationTokenCommand'],
  'kafka-delete-records': ['org.apache.kafka.tools.DeleteRecordsCommand', 'kafka.admin.DeleteRecordsCommand'],
  'kafka-dump-log': ['org.apache.kafka.tools.DumpLogSegments', 'kafka.tools.DumpLogSegments'],
  'kafka-e2e-latency': ['org.apache.kafka.tools.EndToEndLatency', 'kafka.tools.EndToEndLatency'],
  'kafka-features': ['org.apache.kafka.tools.FeatureCommand', 'kafka.admin.FeatureCommand'],
  'kafka-get-offsets': ['org.apache.kafka.tools.GetOffsetShell', 'kafka.tools.GetOffsetShell'],
  'kafka-groups': ['org.apache.kafka.tools.GroupsCommand'],
  'kafka-jmx': ['org.apache.kafka.tools.JmxTool', 'kafka.tools.JmxTool'],
  'kafka-leader-election': ['org.apache.kafka.tools.LeaderElectionCommand', 'kafka.admin.LeaderElectionCommand'],
  'kafka-log-dirs': ['org.apache.kafka.tools.LogDirsCommand', 'kafka.admin.LogDirsCommand'],
  'kafka-metadata-quorum': ['org.apache.kafka.tools.MetadataQuorumCommand', 'kafka.admin.MetadataQuorumCommand'],
  'kafka-metadata-shell': ['org.apache.kafka.shell.MetadataShell'],
  'kafka-producer-perf-test': ['org.apache.kafka.tools.ProducerPerformance'],
  'kafka-reassign-partitions': [
    'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
    'kafka.admin.ReassignPartitionsCommand',
  ],
  'kafka-replica-verification': [
    'org.apache.kafka.tools.ReplicaVerificationTool',
    'kafka.tools.ReplicaVerificationTool',
  ],
  'kafka-server-start': ['kafka.Kafka'],
  'kafka-server-stop': [],
  'kafka-share-consumer-perf-test': ['org.apache.kafka.tools.ShareConsumerPerformance'],
  'kafka-share-groups': ['org.apache.kafka.tools.consumer.group.ShareGroupCommand'],
  'kafka-storage': ['kafka.tools.StorageTool'],
  'kafka-streams-application-reset': ['org.apache.kafka.tools.StreamsResetter', 'kafka.tools.StreamsResetter'],
  'kafka-streams-groups': ['org.apache.kafka.tools.streams.StreamsGroupCommand'],
  'kafka-topics': ['org.apache.kafka.tools.TopicCommand', 'kafka.admin.TopicCommand'],
  'kafka-transactions': ['org.apache.kafka.tools.TransactionsCommand'],
  'kafka-verifiable-consumer': ['org.apache.kafka.tools.VerifiableConsumer'],
  'kafka-verifiable-producer': ['org.apache.kafka.tools.VerifiableProducer'],
  'kafka-verifiable-share-consumer': ['org.apache.kafka.tools.VerifiableShareConsumer'],
  'kafka-run-class': [],
  trogdor: [],
  'zookeeper-server-start': ['org.apache.zookeeper.server.quorum.QuorumPeerMain'],
  'zookeeper-server-stop': [],
  'zookeeper-shell': ['org.apache.zookeeper.ZooKeeperMainWithTlsSupportForKafka', 'org.apache.zookeeper.ZooKeeperMain'],
};

/** The script that starts a class; undefined if none does. */
export function scriptOfClass(className: string): string | undefined {
  return Object.entries(kafkaScripts).find(([, classes]) => classes.includes(className))?.[0];
}

/** The name of a script as its table has it: without folder and `.sh`. */
export const scriptNameOf = (word: string): string => word.replace(/^.*\//, '').replace(/\.sh$/, '');

export const isKafkaScript = (name: string): boolean => Object.hasOwn(kafkaScripts, name);
