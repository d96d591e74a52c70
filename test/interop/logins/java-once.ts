// Kafka's own client, asked one thing after the other in one JVM.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fileWith, temporaryFolder } from '../../helpers/certificates.ts';
import { KAFKA_JARS } from '../kafka-jars.ts';

/** A JVM that waits for questions. */
export interface JavaClient {
  /** Lists topics with these settings; resolves to `ok`, or the exception and its causes. */
  ask(settings: Readonly<Record<string, string>>): Promise<string>;
  stop(): void;
}

const PATIENCE = { 'default.api.timeout.ms': '8000', 'request.timeout.ms': '8000' };

export function startJavaClient(): JavaClient {
  const program = fileURLToPath(new URL('Once.java', import.meta.url));
  const jvm = ['-Xmx128M', '-XX:TieredStopAtLevel=1', '-cp', join(KAFKA_JARS, '*'), program];
  const child: ChildProcess = spawn('java', jvm, { stdio: ['pipe', 'pipe', 'ignore'] });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout! }).on('line', (line) => {
    if (line.startsWith('> ')) waiting.shift()?.(line.slice(2));
  });
  return {
    ask: (settings) => {
      const lines = Object.entries({ ...PATIENCE, ...settings }).map(([key, value]) => `${key}=${value}\n`);
      const file = fileWith(temporaryFolder(), 'client.properties', lines.join(''));
      return new Promise((resolve) => {
        waiting.push(resolve);
        child.stdin?.write(`${file}\n`);
      });
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
