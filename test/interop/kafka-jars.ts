// Where Apache Kafka's own classes are, for tests that ask them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the jars: KAFKA_JARS, or where a local installation keeps them. */
export const KAFKA_JARS = process.env.KAFKA_JARS ?? join(homedir(), '.cache/real-kafka/libs');

/** Why tests that need Kafka's classes cannot run here, or undefined if they can. */
export function whyNoKafka(): string | undefined {
  if (!existsSync(KAFKA_JARS)) return `no Kafka jars in ${KAFKA_JARS} (set KAFKA_JARS)`;
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'no java on the path';
  }
}

/** Runs a class of Kafka, or a .java file, and returns what it prints. */
export function java(mainClass: string, args: readonly string[], input = ''): string {
  const options = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*')];
  return execFileSync('java', [...options, mainClass, ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}
