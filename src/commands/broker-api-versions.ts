import { brokerApiVersions, checkBrokerApiVersions } from '../cli/options/scripts/broker-api-versions.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: brokerApiVersions,
  async run({ options }) {
    checkBrokerApiVersions(options);
    throw new Error('This build of ktool has no client yet.');
  },
});
