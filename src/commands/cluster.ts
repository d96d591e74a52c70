import { cluster, clusterConfigFile } from '../cli/options/scripts/cluster.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: cluster,
  async run({ options, notice }) {
    clusterConfigFile(options, { notice });
    throw new Error('This build of ktool has no client yet.');
  },
});
