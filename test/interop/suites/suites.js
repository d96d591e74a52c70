// The suites in the order they are run.
import { kafkaGo } from './kafka-go.js';
import { kafkaPython } from './kafka-python.js';
import { kgo } from './kgo.js';
import { ours } from './ours.js';
import { sarama } from './sarama.js';

export const suites = [
  kgo,
  sarama,
  kafkaGo,
  kafkaPython,
  ours('mixed', 'confluent-kafka 2.16.1, kafka-python 3.0.12, kafkajs 2.2', [
    'confluent-kafka==2.16.1',
    'kafka-python==3.0.12',
    'lz4',
    'python-snappy',
    'zstandard',
  ]),
  ours('faust', 'faust-streaming 0.15.3', ['faust-streaming==0.15.3']),
  ours('connect', 'Kafka Connect and MirrorMaker 2, 4.3.1'),
  ours('streams', 'Kafka Streams 4.3.1'),
];
