// Where Apache Kafka's jars are.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { has } from './process.js';

/** The folder of the jars: KAFKA_JARS, or where a local installation keeps them. */
export const jars = process.env.KAFKA_JARS ?? join(homedir(), '.cache/real-kafka/libs');

/** Whether Apache Kafka itself can be run here. */
export const hasKafka = () => existsSync(jars) && has('java', '-version');
