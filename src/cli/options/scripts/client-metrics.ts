import { JavaException } from '../../../tools/java-exception.ts';
import { checkInvalid, checkOneAction } from '../checks.ts';
import { OptionError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

const ACTIONS = 'Actions';
const CHANGING = 'With --alter';

export const clientMetrics = joptScript({
  name: 'client-metrics',
  kafkaName: 'kafka-client-metrics',
  about: 'Say which metrics clients push to the cluster',
  headline: 'This tool helps to manipulate and describe client metrics configurations.',
  parseErrors: 'usage',
  examples: [
    {
      about: 'All metrics of all clients, once a minute',
      command: 'client-metrics --alter --name all --metrics "*" --interval 60000',
    },
    {
      about: 'Of some clients',
      command: 'client-metrics --alter --name shop --metrics org.apache.kafka.producer. --match client_id=shop.*',
    },
    { about: 'What is asked for', command: 'client-metrics --describe' },
  ],
  options: {
    'bootstrap-server': bootstrapServer,
    'command-config': commandConfig,
    alter: flag('Set what one subscription asks for', { group: ACTIONS }),
    delete: flag('Delete a subscription', { group: ACTIONS }),
    describe: flag('Show subscriptions', { group: ACTIONS }),
    list: flag('Name all subscriptions', { group: ACTIONS }),
    name: text('NAME', 'The subscription'),
    'generate-name': flag('Make up a name', { group: CHANGING }),
    interval: text('MS', 'Clients push so often; empty for the default of five minutes', { group: CHANGING }),
    match: text(
      'KEY=REGEX,…',
      'Only clients whose client_id, client_instance_id, client_software_name, client_software_version, client_source_address or client_source_port match; empty for all',
      { group: CHANGING, repeatable: true, separator: ',' },
    ),
    metrics: text('PREFIX,…', 'Metrics whose names begin so; * for all, empty for none', {
      group: CHANGING,
      repeatable: true,
      separator: ',',
    }),
    ...general,
  },
});

export type ClientMetricsOptions = ParsedOptions<typeof clientMetrics.options>;
const ACTION_NAMES = ['alter', 'delete', 'describe', 'list'] as const;
export type ClientMetricsAction = (typeof ACTION_NAMES)[number];

/**
 * Checks as ClientMetricsCommandOptions.checkArgs.
 * @param needsServer whether there is no default for --bootstrap-server
 * @throws UsageError, or CommandError where Kafka's script ends with the stack of an exception
 */
export function checkClientMetrics(options: ClientMetricsOptions, needsServer: boolean): ClientMetricsAction {
  const message = 'Command must include exactly one action: --alter, --delete, --describe or --list.';
  const action = checkOneAction(options, ACTION_NAMES, message);
  if (needsServer && !options.has('bootstrap-server')) throw new CommandError('--bootstrap-server must be specified.');
  checkInvalid(options, 'delete', ['generate-name', 'interval', 'match', 'metrics']);
  checkInvalid(options, 'describe', ['generate-name', 'interval', 'match', 'metrics']);
  checkInvalid(options, 'list', ['name', 'generate-name', 'interval', 'match', 'metrics']);
  if (action === 'alter' && options.has('name') === options.has('generate-name'))
    throw new CommandError('One of --name or --generate-name must be specified with --alter.');
  if (action === 'delete' && !options.has('name'))
    throw new CommandError('A client metrics resource name must be specified with --delete.');
  const interval = intervalOf(options);
  if (interval && (!/^[+-]?\d+$/.test(interval) || Number(interval) !== (Number(interval) | 0)))
    throw new CommandError('Invalid interval value. Enter an integer, or leave empty to reset.');
  return action;
}

function intervalOf(options: ClientMetricsOptions): string | undefined {
  try {
    return options.value('interval');
  } catch (error) {
    throw error instanceof OptionError ? new CommandError(error.message, error.javaClass) : error;
  }
}

/** A command line that Kafka's script refuses with an exception of Java. */
export class CommandError extends JavaException {
  constructor(message: string, javaClass = 'java.lang.IllegalArgumentException') {
    super(javaClass, message);
  }
}
