import { readPropertiesFile } from '../../cli/command-config.ts';
import { optionalName } from '../../cli/contexts/one-name.ts';
import { contextShow } from '../../cli/contexts/options.ts';
import { shownSettings } from '../../cli/contexts/shown-settings.ts';
import { contextNamed, readContexts } from '../../cli/contexts/store.ts';
import { targetOf } from '../../cli/contexts/target.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(contextShow, async ({ options, env, output }) => {
  const contexts = readContexts(env);
  const used = env.KTOOL_CONTEXT || targetOf(env).context;
  const name = optionalName(options.positionals) ?? used;
  if (name === undefined) throw new Error('No context is in use: see ktool context list');
  const { bootstrapServer, commandConfig } = contextNamed(contexts, name);
  const settings = commandConfig === undefined ? {} : shownSettings(readPropertiesFile(commandConfig));
  if (options.has('json')) {
    output.print(JSON.stringify({ name, bootstrapServer, commandConfig, settings, inUse: name === used }));
    return 0;
  }
  output.print(`Context           ${name}${name === used ? ' (in use)' : ''}`);
  output.print(`Bootstrap server  ${bootstrapServer}`);
  if (commandConfig !== undefined) output.print(`Settings          ${commandConfig}`);
  for (const [key, value] of Object.entries(settings)) output.print(`  ${key}=${value}`);
  return 0;
});
