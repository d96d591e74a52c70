import { optionalName } from '../../cli/contexts/one-name.ts';
import { contextUse } from '../../cli/contexts/options.ts';
import { contextNamed, readContexts, writeContexts } from '../../cli/contexts/store.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(contextUse, async ({ options, env, output }) => {
  const name = optionalName(options.positionals);
  if (options.has('none') === (name !== undefined)) throw new Error('Which context? Its name, or --none');
  const contexts = readContexts(env);
  if (name !== undefined) contextNamed(contexts, name);
  writeContexts(env, { ...contexts, current: name });
  if (options.has('json')) output.print(JSON.stringify({ current: name ?? null }));
  else output.print(name === undefined ? 'No context is in use' : `Context ${name} is in use`);
  if (env.KTOOL_CONTEXT) output.warn(`KTOOL_CONTEXT=${env.KTOOL_CONTEXT} wins while it is set`);
  return 0;
});
