import { cluster } from '../cli/options/scripts/cluster.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: cluster,
  async run() {
    throw new Error('This build of ktool has no client yet.');
  },
});
