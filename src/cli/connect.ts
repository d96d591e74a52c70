// Kafka Connect and MirrorMaker run connectors written in Java: ktool does not have them. Its commands of these names answer
// what can be answered without them, say what there is instead, and do not pretend to have started anything.
import { readFileSync } from 'node:fs';
import { compatOf } from './compat.ts';
import { refuseForms, whyNoForms } from './json-wanted.ts';
import type { LightCommand } from './light-command.ts';
import { logLine } from './log-lines.ts';
import { Output } from './output.ts';

const LOGGER = 'org.apache.kafka.connect.cli.AbstractConnectCli';

export const NOT_RUN = (script: string): string =>
  `ktool does not run Kafka Connect: use Apache Kafka's own ${script}, with this broker in bootstrap.servers`;

/**
 * A worker of Kafka Connect (AbstractConnectCli): its words are files, so every word that is none is a file that is missing.
 * @param files what follows the script's name
 */
export function connectWorker(script: string, files: string): LightCommand {
  return {
    id: script,
    summary: 'Say that ktool does not run connectors',
    strict: false,
    args: {},
    flags: {},
    examples: [],
    hidden: true,
    async run(argv) {
      const output = new Output(process.stdout, process.stderr, process.env, () => process.exit());
      const reason = compatOf(process.env).ownOptions ? await whyNoForms(script, argv) : undefined;
      const status =
        reason === undefined
          ? answer(script, files, { argv, env: process.env, output })
          : refuseForms(reason, argv, output);
      await output.flush();
      process.exit(status);
    },
  };
}

interface Words {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly output: Pick<Output, 'print' | 'warn'>;
}

/** Does what the worker would do before it starts; returns the exit status. */
export function answer(script: string, files: string, { argv, env, output }: Words): number {
  const compat = compatOf(env);
  const [file] = argv;
  if (file === undefined || argv.includes('--help')) {
    // Kafka's script says it in a line of INFO, which its tools do not show.
    if (!compat.helpOnStdout) return 1;
    output.print(`Usage: ${script} ${files}\n${NOT_RUN(script)}`);
    return compat.kafkaExits ? 1 : 0;
  }
  try {
    readFileSync(file);
  } catch {
    output.warn(logLine('ERROR', 'Stopping due to error', LOGGER));
    output.warn(`java.nio.file.NoSuchFileException: ${file}`);
    return compat.kafkaExits ? 2 : 1;
  }
  output.warn(NOT_RUN(script));
  return compat.kafkaExits ? 2 : 1;
}
