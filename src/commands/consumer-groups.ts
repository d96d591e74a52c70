import { consumerGroups } from '../cli/options/scripts/consumer-groups.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: consumerGroups,
  async run() {
    throw new Error('This build of ktool has no client yet.');
  },
});
