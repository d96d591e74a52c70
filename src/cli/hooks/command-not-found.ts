import type { Hook } from '@oclif/core/hooks';
import { candidates } from '../options/suggest.ts';
import { Output } from '../output.ts';

/** A mistyped command: says which one may have been meant. */
const commandNotFound: Hook.CommandNotFound = async ({ id, config, context }) => {
  const typed = id.replaceAll(':', ' ');
  const known = config.commands.filter((command) => !command.hidden).map((command) => command.id.replaceAll(':', ' '));
  const meant = candidates(typed, known).map((name) => `ktool ${name}`);
  const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : 'See: ktool --help';
  const output = new Output(process.stdout, process.stderr, process.env, () => {});
  output.complain(`There is no command ${typed}. ${hint}`);
  context.exit(1);
};

export default commandNotFound;
