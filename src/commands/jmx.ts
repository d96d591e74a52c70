import { jmxFailure } from '../cli/jmx-failure.ts';
import { jmx, jmxUrl } from '../cli/options/scripts/jmx.ts';
import { Exit, scriptCommand } from '../cli/script-command.ts';

/** JMX is Java's own protocol over Java's own serialisation: the command line is checked, and the answer is always no. */
export default scriptCommand({
  script: jmx,
  async run({ options, output }) {
    const url = jmxUrl(options);
    const failure = await jmxFailure(url);
    output.warn(`Trying to connect to JMX url: ${url}`);
    output.warn(`Could not connect to JMX url: ${url}. Exception: ${failure}.`);
    return new Exit(1);
  },
});
