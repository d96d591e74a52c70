// Every command with everything that it can be asked to do, from the tables that its command line is parsed by.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LightCommand } from '../../../src/cli/light-command.ts';
import type { ArgparseLevel, Script } from '../../../src/cli/options/script.ts';

const folder = fileURLToPath(new URL('../../../src/commands', import.meta.url));

/** What is no command of its own: what completion scripts call, Kafka's launcher, and what was ZooKeeper's. */
const NOT_ASKED = ['complete', 'run-class', 'zookeeper-server-start', 'zookeeper-server-stop', 'zookeeper-shell'];

export interface Command {
  /** As it is typed: `server start`. */
  readonly name: string;
  readonly light: LightCommand & { readonly script?: Script };
}

/** All commands, whether the help lists them or not. */
export async function allCommands(): Promise<Command[]> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const names = files.map((name) => name.replace(/\.ts$/, '')).filter((name) => !NOT_ASKED.includes(name));
  return Promise.all(
    names.sort().map(async (name) => {
      const file = `${name}.ts`;
      const { default: light } = (await import(`../../../src/commands/${file}`)) as {
        default: Command['light'];
      };
      return { name: name.replace('/', ' '), light };
    }),
  );
}

/** What one command can be asked to do: `topics --list`, `transactions describe`; its name alone where it does one thing. */
export function actionsOf({ name, light: { script } }: Command): string[] {
  if (script?.parser === 'argparse') return leaves(name, script.level);
  const actions = Object.entries(script?.options ?? {}).filter(([, { group }]) => group === 'Actions');
  return actions.length === 0 ? [name] : actions.map(([action]) => `${name} --${action}`);
}

function leaves(path: string, { commands, options }: ArgparseLevel): string[] {
  if (commands) return Object.entries(commands).flatMap(([name, level]) => leaves(`${path} ${name}`, level));
  const kinds = ['status', 'replication'].filter((name) => Object.hasOwn(options, name));
  return kinds.length === 0 ? [path] : kinds.map((name) => `${path} --${name}`);
}
