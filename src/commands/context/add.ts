import { resolve } from 'node:path';
import { PropertiesFileError, readPropertiesFile } from '../../cli/command-config.ts';
import { oneName } from '../../cli/contexts/one-name.ts';
import { contextAdd } from '../../cli/contexts/options.ts';
import { type Context, contextData, readContexts, writeContexts } from '../../cli/contexts/store.ts';
import { ownCommand } from '../../cli/own-command.ts';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

export default ownCommand(contextAdd, async ({ options, env }) => {
  const name = oneName(options.positionals);
  if (!NAME.test(name)) throw new Error(`${name} is no name: letters, digits, dots, dashes and underscores make one`);
  const bootstrapServer = options.value('bootstrap-server');
  if (!bootstrapServer) throw new Error('Where is it? --bootstrap-server HOST:PORT is missing');
  const { contexts, current = name } = readContexts(env);
  if (Object.hasOwn(contexts, name))
    throw new Error(`There is a context ${name} already. To make it anew: ktool context remove ${name}`);
  const file = options.value('command-config');
  // That it can be read is better known now than at the next command.
  if (file !== undefined) checkReadable(file);
  const context: Context = { bootstrapServer, ...(file === undefined ? {} : { commandConfig: resolve(file) }) };
  writeContexts(env, { current, contexts: { ...contexts, [name]: context } });
  const inUse = current === name;
  const then = inUse ? ', and it is in use' : `. To use it: ktool context use ${name}`;
  return { data: { ...contextData(name, context), inUse }, text: `Added context ${name}${then}\n` };
});

/** @throws Error that says what is wrong with the file */
function checkReadable(file: string): void {
  try {
    readPropertiesFile(file);
  } catch (error) {
    throw error instanceof PropertiesFileError && error.advice ? new Error(error.advice) : error;
  }
}
