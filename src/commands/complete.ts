import { commandsIn, listCommands, loadLightCommand } from '../cli/commands.ts';
import { clusterNames } from '../cli/completion/cluster-names.ts';
import { complete, FILES } from '../cli/completion/complete.ts';
import type { LightCommand } from '../cli/light-command.ts';
import type { ScriptCommand } from '../cli/script-command.ts';

/** What the completion scripts call: prints the words that fit, each with a tab and a description. */
const completeCommand: LightCommand = {
  id: 'complete',
  summary: 'Print what could stand at the end of a command line',
  hidden: true,
  strict: false,
  args: {},
  flags: {},
  examples: [],
  async run(argv, root) {
    const words = argv[0] === '--' ? argv.slice(1) : argv;
    const found = await complete(words, {
      commands: listCommands(root),
      script: async (name) =>
        ((await loadLightCommand(name.replace(' ', '/'), commandsIn(root))) as ScriptCommand | undefined)?.script,
      names: clusterNames,
    });
    const lines = found === FILES ? [':files'] : found.map(({ word, about }) => `${word}\t${about}`);
    process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  },
};

export default completeCommand;
