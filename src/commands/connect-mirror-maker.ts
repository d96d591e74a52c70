import { compatOf } from '../cli/compat.ts';
import { NOT_RUN } from '../cli/connect.ts';
import { connectMirrorMaker } from '../cli/options/scripts/connect-mirror-maker.ts';
import { Output } from '../cli/output.ts';
import { type ScriptCommand, scriptCommand } from '../cli/script-command.ts';

const command = scriptCommand({
  script: connectMirrorMaker,
  run: () => Promise.reject(new Error(NOT_RUN('connect-mirror-maker'))),
});

/** Kafka's script ends with -1 whatever is wrong, and after its help. */
const execute: ScriptCommand['execute'] = async (argv, surroundings) => {
  const status = await command.execute(argv, surroundings);
  return status !== 0 && compatOf(surroundings.env).kafkaExits ? 255 : status;
};

export default {
  ...command,
  hidden: true,
  execute,
  async run(argv: readonly string[]) {
    const output = new Output(process.stdout, process.stderr, process.env, () => process.exit());
    const status = await execute(argv, { env: process.env, output });
    await output.flush();
    process.exit(status);
  },
};
