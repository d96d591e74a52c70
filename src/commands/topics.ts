import { checkTopics, topics } from '../cli/options/scripts/topics.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: topics,
  async run({ options, output, notice }) {
    checkTopics(options, { warn: (line) => output.warn(line), notice });
    throw new Error('This build of ktool has no client yet.');
  },
});
