import { commandsIn, findLightCommand } from '../cli/commands.ts';
import { scriptOfClass } from '../cli/dist/scripts.ts';
import type { LightCommand } from '../cli/light-command.ts';
import { unavailable, unavailableClass } from '../cli/unavailable.ts';

const USAGE = 'USAGE: kafka-run-class [-daemon] [-name servicename] [-loggc] classname [opts]';

/** kafka-run-class: the script that starts the class, of this Kafka or of one before it. */
const runClass: LightCommand = {
  id: 'run-class',
  summary: 'Run the script that has a class of Kafka',
  hidden: true,
  strict: false,
  args: {},
  flags: {},
  examples: [],
  async run(argv, root) {
    const { daemon, words } = launcherFlags(argv);
    const [className, ...rest] = words;
    if (className === undefined) {
      process.stdout.write(`${USAGE}\n`);
      process.exitCode = 1;
      return;
    }
    const script = scriptOfClass(className);
    if (script === undefined) return unavailableClass(className);
    if (process.env.KTOOL_SCRIPT) process.env.KTOOL_SCRIPT = script;
    const found = await findLightCommand([script, ...rest], commandsIn(root));
    if (found === undefined) return unavailable(script);
    return found.command.run(daemon ? ['-daemon', ...found.argv] : found.argv, root);
  },
};

export default runClass;

/** What the launcher itself takes, in front of the class. */
function launcherFlags(argv: readonly string[]): { daemon: boolean; words: readonly string[] } {
  let daemon = false;
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '-daemon') daemon = true;
    else if (argv[i] === '-name') i++;
    else if (argv[i] !== '-loggc') return { daemon, words: argv.slice(i) };
  }
  return { daemon, words: [] };
}
