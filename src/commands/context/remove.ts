import { oneName } from '../../cli/contexts/one-name.ts';
import { contextRemove } from '../../cli/contexts/options.ts';
import { contextNamed, readContexts, writeContexts } from '../../cli/contexts/store.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(contextRemove, async ({ options, env, output }) => {
  const name = oneName(options.positionals);
  const kept = readContexts(env);
  contextNamed(kept, name);
  const { [name]: _, ...contexts } = kept.contexts;
  const wasUsed = kept.current === name;
  writeContexts(env, { contexts, current: wasUsed ? undefined : kept.current });
  if (options.has('json')) output.print(JSON.stringify({ name, removed: true }));
  else output.print(`Removed context ${name}${wasUsed ? '; none is in use' : ''}`);
  return 0;
});
