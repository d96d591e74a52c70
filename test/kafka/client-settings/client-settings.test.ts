// Settings one by one, each with values that cannot be: what Apache Kafka's clients said when they were made with them
// (RecordClientSettings.java), and what ours say.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { toolLogger } from '../../../src/cli/log-lines.ts';
import { createAdmin } from '../../../src/client/admin.ts';
import { Consumer } from '../../../src/client/consumer.ts';
import { createProducer } from '../../../src/client/producer.ts';
import { ShareConsumer } from '../../../src/client/share-consumer.ts';
import { capture } from '../../cli/capture.ts';

type Properties = Readonly<Record<string, string>>;
type Options = { readonly logger: ReturnType<typeof toolLogger> };

const CLIENTS: Readonly<Record<string, (properties: Properties, options: Options) => Promise<{ close(): unknown }>>> = {
  producer: createProducer,
  consumer: (properties, options) => Consumer.create({ 'group.id': 'g', ...properties }, options),
  share: (properties, options) => ShareConsumer.create({ 'group.id': 'g', ...properties }, options),
  admin: createAdmin,
};

const cases = readFileSync(new URL('recorded.txt', import.meta.url), 'utf8')
  .split(/^@/m)
  .slice(1)
  .map((block): [string, string, string[]] => {
    const [head, ...lines] = block.trimEnd().split('\n');
    const [, kind, setting] = /^(\w+)\t(.*)$/.exec(head!)!;
    return [kind!, setting!, lines];
  });

const chain = (error: unknown): string[] =>
  error instanceof Error ? [`  ${error}`.replaceAll('\n', '\\n'), ...chain(error.cause)] : [];

async function answer(kind: string, setting: string): Promise<string[]> {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(setting)!;
  const { output, stderr } = capture();
  const properties = { 'bootstrap.servers': '127.0.0.1:1', 'client.id': 'c', [name!]: value! };
  const made = CLIENTS[kind]!(properties, { logger: toolLogger(output) });
  const outcome = await made.then(
    (client) => {
      client.close();
      return ['  ok'];
    },
    (error) => chain(error),
  );
  const logged = stderr.text.split('\n').filter((line) => line !== '');
  return [...logged.map((line) => line.replace(/^\[[^\]]*\] /, '')), ...outcome];
}

test.each(Object.keys(CLIENTS))('%s', async (kind) => {
  for (const [client, setting, lines] of cases)
    if (client === kind) expect.soft(await answer(kind, setting), setting).toEqual(lines);
});
