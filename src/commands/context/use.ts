import { optionalName } from '../../cli/contexts/one-name.ts';
import { contextUse } from '../../cli/contexts/options.ts';
import { contextNamed, readContexts, writeContexts } from '../../cli/contexts/store.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(contextUse, async ({ options, env }) => {
  const name = optionalName(options.positionals);
  if (options.has('none') === (name !== undefined)) throw new Error('Which context? Its name, or --none');
  const contexts = readContexts(env);
  if (name !== undefined) contextNamed(contexts, name);
  writeContexts(env, { ...contexts, current: name });
  return {
    data: { current: name ?? null },
    text: name === undefined ? 'No context is in use\n' : `Context ${name} is in use\n`,
    ...(env.KTOOL_CONTEXT && { warnings: [`KTOOL_CONTEXT=${env.KTOOL_CONTEXT} wins while it is set`] }),
  };
});
