import { type JoptScript, joptScript } from '../options/script.ts';
import { bootstrapServer, commandConfig, general } from '../options/scripts/common.ts';
import { flag, type OptionTable, text } from '../options/table.ts';

const own = { ...general, json: flag('Print the result as one JSON document', { group: 'General' }) };
const name = { NAME: text('NAME', 'Name of the context') };
const known = { NAME: { ...name.NAME, suggest: 'contexts' } } as const;

const contextScript = <T extends OptionTable>(
  verb: string,
  about: string,
  rest: Pick<JoptScript<T>, 'options' | 'examples'> & { positionals?: OptionTable },
) =>
  joptScript<T>({
    name: `context ${verb}`,
    kafkaName: `kafka-context-${verb}`,
    headline: '',
    parseErrors: 'message',
    about,
    ...rest,
  });

export const contextAdd = contextScript('add', 'Give a cluster a name; the first one is in use from then on', {
  positionals: name,
  options: { 'bootstrap-server': bootstrapServer, 'command-config': commandConfig, ...own },
  examples: [
    {
      about: 'A cluster with a password in a file of its own',
      command: 'context add prod --bootstrap-server kafka.example:9093 --command-config prod.properties',
    },
  ],
});

export const contextUse = contextScript('use', 'Use a context where a command names no cluster', {
  positionals: { '[NAME]': known.NAME },
  options: { none: flag('Use none, so that localhost:9092 is meant again'), ...own },
  examples: [{ about: 'From now on', command: 'context use prod' }],
});

export const contextList = contextScript('list', 'List the contexts', { options: own, examples: [] });

export const contextShow = contextScript('show', 'Show a context, the one in use without a name', {
  positionals: { '[NAME]': known.NAME },
  options: own,
  examples: [],
});

export const contextRemove = contextScript('remove', 'Forget a context; its properties file stays', {
  positionals: known,
  options: own,
  examples: [],
});
