// Every method of Kafka's Admin client gives the same at ktool's broker as at Apache Kafka 4.3.1: test/kafka/admin calls them
// all, admin-table.txt is what Kafka answered (see test/kafka/admin/README.md).
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { ShareGroupDescribe } from '../../src/protocol/messages/share-group-describe.ts';
import { StreamsGroupDescribe } from '../../src/protocol/messages/streams-group-describe.ts';
import { startTestBroker } from '../helpers/broker.ts';
import { KAFKA_JARS, whyNoKafka } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const folder = fileURLToPath(new URL('../kafka/admin/', import.meta.url));
const whyNot = whyNoKafka();
if (whyNot) console.warn(`skipped: ${whyNot}`);

/** Cases of APIs that the broker may not serve yet, by a word of their names. */
const PENDING = { Share: ShareGroupDescribe.key, Streams: StreamsGroupDescribe.key, 'a share': ShareGroupDescribe.key };

const cases = (text: string): [name: string, answer: string][] =>
  text
    .split('\n')
    .filter((line) => line.includes(' -> '))
    .map((line) => [line.slice(0, line.indexOf(' -> ')), line.slice(line.indexOf(' -> ') + 4)]);

function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'ktool-admin-table-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it.skipIf(whyNot)('answers every method of the Admin client as Kafka does', async () => {
  const classes = temporaryDirectory();
  const jars = join(KAFKA_JARS, '*');
  const sources = readdirSync(folder).filter((name) => name.endsWith('.java'));
  const compile = ['-nowarn', '-d', classes, '-cp', jars, ...sources.map((name) => join(folder, name))];
  execFileSync('javac', compile, { stdio: 'ignore' });
  const broker = await startTestBroker({ dataDir: temporaryDirectory() });
  const options = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-Dorg.apache.logging.log4j.level=OFF'];
  const run = ['-cp', `${classes}${delimiter}${jars}`, 'AdminTable', broker.address, '0'];
  const { stdout } = await runAsync('java', [...options, ...run]);

  const missing = Object.entries(PENDING).filter(([, key]) => !broker.services.handlers.has(key));
  const pending = (name: string) => missing.some(([word]) => name.includes(word));
  const answers = cases(stdout);
  const recorded = cases(readFileSync(join(folder, 'admin-table.txt'), 'utf8'));
  expect(answers.map(([name]) => name)).toEqual(recorded.map(([name]) => name));
  for (const [i, [name, expected]] of recorded.entries())
    if (!pending(name)) expect.soft(answers[i]![1], name).toBe(expected);
});
