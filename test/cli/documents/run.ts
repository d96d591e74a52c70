import type { OwnCommand } from '../../../src/cli/own-command.ts';
import type { ScriptCommand } from '../../../src/cli/script-command.ts';
import { capture } from '../capture.ts';
import type { World } from './world.ts';

export interface Answered {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Settings {
  /** Of a terminal; without it a pipe. */
  readonly columns?: number;
  /** Words behind the line's own. */
  readonly more?: readonly string[];
  /** What is talked to, instead of the broker. */
  readonly server?: string;
  /** Of the terminal. */
  readonly env?: NodeJS.ProcessEnv;
}

const root = new URL('../../../', import.meta.url).pathname;

/** Runs command lines in a world. */
export class Runner {
  readonly world: World;
  /** What earlier answers left, by name. */
  readonly kept = new Map<string, string>();

  constructor(world: World) {
    this.world = world;
  }

  async run(
    line: string,
    { columns, more = [], env = {}, server = this.world.one.address }: Settings = {},
  ): Promise<Answered> {
    const { folder, one, loginAddress, three } = this.world;
    const filled = line
      .replaceAll('@', `${folder}/`)
      .replaceAll('%', one.address)
      .replaceAll('~', loginAddress)
      .replaceAll('^', three.bootstrapServers)
      .replace(/\{(\w+)\}/g, (_, name) => this.kept.get(name) ?? name);
    const [name = '', ...words] = filled.split(' ');
    const { path, rest } = await located(name, words);
    const { default: command } = (await import(`../../../src/commands/${path}`)) as {
      default: ScriptCommand & OwnCommand;
    };
    const { stdout, stderr, output } = capture({ ...(columns !== undefined && { columns }), env });
    const surroundings = { KTOOL_BOOTSTRAP_SERVER: server, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder };
    const status = await command.execute([...rest, ...more], { env: surroundings, output, root });
    return { status, stdout: stdout.text, stderr: stderr.text };
  }
}

const OF_TWO_WORDS = ['context', 'server', 'certs', 'dist'];

async function located(name: string, [second = '', ...others]: readonly string[]) {
  if (OF_TWO_WORDS.includes(name)) return { path: `${name}/${second}.ts`, rest: others };
  return { path: `${name}.ts`, rest: second === '' ? others : [second, ...others] };
}
