// The scripts that start something which stays, by the words that their processes have in Kafka.

export interface Service {
  /** Kafka's name for it, in the names of its log files. */
  readonly name: string;
  readonly className: string;
  /** The log that Kafka has besides what the process prints: the same here. */
  readonly log?: string;
}

const BROKER: Service = { name: 'kafkaServer', className: 'kafka.Kafka', log: 'server.log' };
const ZOOKEEPER: Service = { name: 'zookeeper', className: 'org.apache.zookeeper.server.quorum.QuorumPeerMain' };

/** By the name of the script. */
export const SERVICES: Readonly<Record<string, Service>> = {
  'kafka-server-start': BROKER,
  'zookeeper-server-start': ZOOKEEPER,
};

/** The words of ktool that start a service as kafka-run-class does: its name and its class are in them. */
export const serviceWords = ({ name, className }: Service): string[] => ['run-class', '-name', name, className];
