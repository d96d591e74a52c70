// What ktool's scripts say of groups in states that scripts do not bring about, on ktool's broker, against Kafka's on Kafka's.
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { ScriptCommand } from '../../../src/cli/script-command.ts';
import { capture } from '../../cli/capture.ts';
import { startTestBroker } from '../../helpers/broker.ts';
import { filled, parseSessions, wordsOf } from '../sessions/session.mjs';
import { SITUATIONS } from './situations.ts';
import { told, toldErrors } from './told.ts';

test.each(Object.keys(SITUATIONS))('%s', async (name) => {
  const sessions = parseSessions(readFileSync(new URL(`${name}.session`, import.meta.url), 'utf8'));
  const properties = sessions.flatMap((session) => session.properties);
  const overrides = new Map(properties.map((each) => each.split('=') as [string, string]));
  const { port } = await startTestBroker({ overrides });
  const broker = `127.0.0.1:${port}`;
  onTestFinished(await SITUATIONS[name]!(broker));
  for (const { title, steps } of sessions)
    for (const step of steps) {
      const [script = '', ...argv] = wordsOf(filled(step.run, new Map([['broker', broker]])));
      const { default: command } = (await import(`../../../src/commands/${script.replace('kafka-', '')}.ts`)) as {
        default: ScriptCommand;
      };
      const { stdout, stderr, output } = capture();
      const exit = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
      const recorded = step.err ?? [];
      const all = toldErrors(stderr.text, broker);
      const err = recorded.at(-1) === '(table)' ? [...all.slice(0, recorded.length - 1), '(table)'] : all;
      const sorted = (lines: readonly string[]) => (step.anyOrder ? [...lines].sort() : lines);
      expect.soft({ out: sorted(told(stdout.text, broker)), err, exit }, `${title}: ${step.run}`).toEqual({
        out: sorted(step.out),
        err: recorded,
        exit: step.exit,
      });
    }
});
