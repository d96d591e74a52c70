import { completionScripts } from '../cli/completion/shells.ts';
import { refuseForms, whyNoForms } from '../cli/json-wanted.ts';
import type { LightCommand } from '../cli/light-command.ts';

import { Output } from '../cli/output.ts';

const shells = Object.keys(completionScripts);

const completion: LightCommand = {
  id: 'completion',
  summary: 'Print the completion script of your shell',
  strict: false,
  args: { shell: { name: 'shell', description: shells.join(', '), required: true, options: shells } },
  flags: {},
  examples: [{ description: 'Completion for bash', command: 'source <(<%= config.bin %> completion bash)' }],
  async run(argv) {
    const reason = await whyNoForms('completion', argv);
    if (reason !== undefined) {
      const output = new Output(process.stdout, process.stderr, process.env, () => process.exit());
      process.exitCode = refuseForms(reason, argv, output);
      return;
    }
    const script = completionScripts[argv[0] ?? ''];
    if (script !== undefined) {
      process.stdout.write(script);
      return;
    }
    const usage = `Print the completion script of your shell: ktool completion ${shells.join('|')}\n`;
    const asked = argv.length === 0 || argv.includes('--help');
    (asked ? process.stdout : process.stderr).write(usage);
    process.exitCode = asked ? 0 : 1;
  },
};

export default completion;
