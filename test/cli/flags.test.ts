// The flags of every command: whoever wrote a script relies on them, so they change on purpose only.
// After a change that is meant: npx vitest run test/cli/flags.test.ts -u
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { LightCommand } from '../../src/cli/light-command.ts';
import type { ArgparseLevel, Script } from '../../src/cli/options/script.ts';
import type { OptionSpec, OptionTable } from '../../src/cli/options/table.ts';

const folder = fileURLToPath(new URL('../../src/commands', import.meta.url));

function optionLine(name: string, spec: OptionSpec): string {
  const value = spec.argument === 'none' ? '' : spec.argument === 'optional' ? ` [${spec.type}]` : ` ${spec.type}`;
  const notes = [
    spec.short && `-${spec.short}`,
    spec.required && 'required',
    spec.repeatable && 'repeatable',
    spec.default !== undefined && `default ${spec.default}`,
    spec.choices && `one of ${spec.choices.join(', ')}`,
    spec.onlyWith && `with ${spec.onlyWith.join(', ')}`,
    spec.deprecated !== undefined && 'deprecated',
    spec.own && "ktool's own",
  ].filter(Boolean);
  return `  --${name}${value}${notes.length === 0 ? '' : `  (${notes.join('; ')})`}`;
}

const tableLines = (table: OptionTable): string[] =>
  Object.keys(table)
    .sort()
    .map((name) => optionLine(name, table[name]!));

function levelLines(path: string, { options, positionals = {}, commands = {} }: ArgparseLevel): string[] {
  const inner = Object.entries(commands).flatMap(([name, level]) => levelLines(`${path} ${name}`, level));
  return [[path, ...Object.keys(positionals)].join(' '), ...tableLines(options), ...inner];
}

const scriptLines = (script: Script): string[] =>
  script.parser === 'argparse'
    ? levelLines(script.name, script.level)
    : levelLines(script.name, {
        about: '',
        options: script.options,
        ...(script.positionals && { positionals: script.positionals }),
      });

test('the flags of every command', async () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const lines: string[] = [];
  for (const name of files.sort()) {
    const { default: command } = (await import(`../../src/commands/${name}`)) as {
      default: LightCommand & { readonly script?: Script };
    };
    if (command.script) lines.push(...scriptLines(command.script), '');
  }
  await expect(lines.join('\n')).toMatchFileSnapshot('fixtures/flags.txt');
});
