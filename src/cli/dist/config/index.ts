// The files of a Kafka-shaped `config`, by name.
import { CONSUMER, PRODUCER } from './clients.ts';
import {
  CONNECT_DISTRIBUTED,
  CONSOLE_SINK,
  CONSOLE_SOURCE,
  connectStandalone,
  FILE_SINK,
  FILE_SOURCE,
  MIRROR_MAKER,
} from './connect.ts';
import { brokerProperties, controllerProperties, serverProperties, zookeeperProperties } from './server.ts';

const NO_LOG4J = `# Named by tutorials. ktool is no Java program and does not read this file: the levels of a broker's loggers are set with
#   kafka-configs --alter --entity-type broker-loggers --entity-name 1 --add-config kafka.network.SocketServer=DEBUG
`;

/** @param home the folder above `config`, as an absolute path: a service does not start in it */
export function configFiles(home: string): Readonly<Record<string, string>> {
  return {
    'server.properties': serverProperties(home),
    'broker.properties': brokerProperties(home),
    'controller.properties': controllerProperties(home),
    // Where Kafka 3 had them.
    'kraft/server.properties': serverProperties(home),
    'kraft/broker.properties': brokerProperties(home),
    'kraft/controller.properties': controllerProperties(home),
    'zookeeper.properties': zookeeperProperties(home),
    'producer.properties': PRODUCER,
    'consumer.properties': CONSUMER,
    'connect-standalone.properties': connectStandalone(home),
    'connect-distributed.properties': CONNECT_DISTRIBUTED,
    'connect-file-source.properties': FILE_SOURCE,
    'connect-file-sink.properties': FILE_SINK,
    'connect-console-source.properties': CONSOLE_SOURCE,
    'connect-console-sink.properties': CONSOLE_SINK,
    'connect-mirror-maker.properties': MIRROR_MAKER,
    'log4j.properties': NO_LOG4J,
    'tools-log4j.properties': NO_LOG4J,
    'connect-log4j.properties': NO_LOG4J,
    'log4j2.yaml': NO_LOG4J,
    'tools-log4j2.yaml': NO_LOG4J,
    'connect-log4j2.yaml': NO_LOG4J,
  };
}
