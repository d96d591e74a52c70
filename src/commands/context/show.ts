import { readPropertiesFile } from '../../cli/command-config.ts';
import { optionalName } from '../../cli/contexts/one-name.ts';
import { contextShow } from '../../cli/contexts/options.ts';
import { shownSettings } from '../../cli/contexts/shown-settings.ts';
import { contextData, contextNamed, readContexts } from '../../cli/contexts/store.ts';
import { targetOf } from '../../cli/contexts/target.ts';
import { ownCommand } from '../../cli/own-command.ts';

export default ownCommand(contextShow, async ({ options, env }) => {
  const contexts = readContexts(env);
  const used = env.KTOOL_CONTEXT || targetOf(env).context;
  const name = optionalName(options.positionals) ?? used;
  if (name === undefined) throw new Error('No context is in use: see ktool context list');
  const context = contextNamed(contexts, name);
  const { bootstrapServer, commandConfig } = context;
  const settings = commandConfig === undefined ? {} : shownSettings(readPropertiesFile(commandConfig));
  const lines = [
    `Context           ${name}${name === used ? ' (in use)' : ''}`,
    `Bootstrap server  ${bootstrapServer}`,
    ...(commandConfig === undefined ? [] : [`Settings          ${commandConfig}`]),
    ...Object.entries(settings).map(([key, value]) => `  ${key}=${value}`),
  ];
  return {
    data: { ...contextData(name, context), inUse: name === used, settings },
    text: lines.map((line) => `${line}\n`).join(''),
  };
});
