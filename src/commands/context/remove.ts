import { oneName } from '../../cli/contexts/one-name.ts';
import { contextRemove } from '../../cli/contexts/options.ts';
import { contextNamed, readContexts, writeContexts } from '../../cli/contexts/store.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(contextRemove, async ({ options, env }) => {
  const name = oneName(options.positionals);
  const kept = readContexts(env);
  contextNamed(kept, name);
  const { [name]: _, ...contexts } = kept.contexts;
  const wasUsed = kept.current === name;
  writeContexts(env, { contexts, current: wasUsed ? undefined : kept.current });
  return { data: { name, removed: true }, text: `Removed context ${name}${wasUsed ? '; none is in use' : ''}\n` };
});
