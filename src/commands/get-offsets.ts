import { checkGetOffsets, getOffsets } from '../cli/options/scripts/get-offsets.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: getOffsets,
  async run({ options }) {
    checkGetOffsets(options);
    throw new Error('This build of ktool has no client yet.');
  },
  failure: (error) => ({ stderr: `Error occurred: ${error.message}\n` }),
});
