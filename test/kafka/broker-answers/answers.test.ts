// ktool's scripts against what Kafka's scripts said of the same wrong answers of a broker (answers.ts).
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScriptCommand } from '../../../src/cli/script-command.ts';
import { capture } from '../../cli/capture.ts';
import { answers, parseAnswers, type RunScript } from './answers.ts';
import { makeFiles } from './cluster.ts';

const recorded = parseAnswers(readFileSync(new URL('answers.txt', import.meta.url), 'utf8'));
const scripts = [...new Set(recorded.map(([{ command }]) => command.split(' ')[0]!))];
/** Scripts that wait for their time to be up do so at once. */
const AT_ONCE = 4;

let dir: string;
beforeAll(() => {
  dir = makeFiles();
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run: RunScript = async ([name, ...argv]) => {
  const { default: command } = (await import(`../../../src/commands/${name}.ts`)) as { default: ScriptCommand };
  const { stdout, stderr, output } = capture();
  const status = await command.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  return { status, out: stdout.text, err: stderr.text };
};

test.each(scripts)('%s', async (script) => {
  const own = recorded.filter(([{ command }]) => command.startsWith(`${script} `));
  const parts = Array.from({ length: AT_ONCE }, (_, part) => own.filter((_each, i) => i % AT_ONCE === part));
  await Promise.all(
    parts.map(async (part) => {
      const given = await answers(
        part.map(([each]) => each),
        run,
        dir,
      );
      for (const [i, [{ command, rig }, expected]] of part.entries())
        expect.soft(given[i], `${command}: ${rig}`).toEqual(expected);
    }),
  );
});
