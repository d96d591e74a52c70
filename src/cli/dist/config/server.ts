import { join } from 'node:path';

/** config/server.properties: one node that is broker and controller, on this machine only. */
export const serverProperties = (
  home: string,
): string => `# One Kafka broker on this machine, with the settings that tutorials talk about.
# Every key of Kafka's server.properties is understood; what has no effect in ktool is named once at the start.

# --- Who it is
# Both roles in one process; there is no ZooKeeper to set up.
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=localhost:9093

# --- Where it is reached
# 127.0.0.1 is this machine only. For other machines: every address, and if need be the name they know this one by.
listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093
#listeners=PLAINTEXT://:9092
#advertised.listeners=PLAINTEXT://your.host.name:9092
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
# The largest request that is taken: 100 MiB.
socket.request.max.bytes=104857600

# --- Where it keeps its topics
log.dirs=${join(home, 'data', 'kafka-logs')}
# For topics that are created without a number of partitions.
num.partitions=1
num.recovery.threads.per.data.dir=1
#delete.topic.enable=true

# --- Topics of its own: one broker can only have one copy
offsets.topic.replication.factor=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1

# --- When records go to disk for certain: left to the system, unless you say otherwise
#log.flush.interval.messages=10000
#log.flush.interval.ms=1000

# --- How long records are kept: a week, however many they are
log.retention.hours=168
#log.retention.bytes=1073741824
log.segment.bytes=1073741824
log.retention.check.interval.ms=300000

# --- Groups: the first member does not wait for others
group.initial.rebalance.delay.ms=0
`;

/** config/broker.properties: for guides that start brokers and controllers apart. */
export const brokerProperties = (home: string): string =>
  serverProperties(home)
    .replace(
      /^# Both roles.*$/m,
      '# Its controller is the broker itself, whatever stands here: nothing else has to be started.',
    )
    .replace('process.roles=broker,controller\nnode.id=1', 'process.roles=broker\nnode.id=2')
    .replace(',CONTROLLER://127.0.0.1:9093', '')
    .replace('kafka-logs', 'kraft-broker-logs');

/** config/controller.properties: the other half of them. */
export const controllerProperties = (
  home: string,
): string => `# A ktool broker is its own controller, and none runs alone: kafka-server-start says so of this file. Start broker.properties.
process.roles=controller
node.id=1
controller.quorum.bootstrap.servers=localhost:9093
listeners=CONTROLLER://127.0.0.1:9093
controller.listener.names=CONTROLLER
log.dirs=${join(home, 'data', 'kraft-controller-logs')}
`;

/** config/zookeeper.properties: named by tutorials of the years before 2025. */
export const zookeeperProperties = (
  home: string,
): string => `# Kafka needs no ZooKeeper any more, and ktool never did: zookeeper-server-start says so and keeps the window.
# These keys are what tutorials point to; nothing reads them.
dataDir=${join(home, 'data', 'zookeeper')}
clientPort=2181
maxClientCnxns=0
admin.enableServer=false
`;
