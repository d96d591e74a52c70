import { checkTopics, topics } from '../cli/options/scripts/topics.ts';
import { scriptCommand } from '../cli/script-command.ts';

export default scriptCommand({
  script: topics,
  async run({ options }) {
    const plan = checkTopics(options);
    return { data: plan, text: '' };
  },
});
