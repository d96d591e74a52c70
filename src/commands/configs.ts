import { configs } from '../cli/options/scripts/configs.ts';
import { checkConfigs } from '../cli/options/scripts/configs-checks.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: configs,
  async run({ options }) {
    await checkConfigs(options);
    throw new Error('This build of ktool has no client yet.');
  },
});
