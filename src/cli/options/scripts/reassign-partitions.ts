import { checkOneAction, checkRequired } from '../checks.ts';
import { UsageError } from '../errors.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, long, optionalText, text } from '../table.ts';
import { commandConfig, general } from './common.ts';

const ACTIONS = ['generate', 'execute', 'verify', 'cancel', 'list'] as const;
export type ReassignAction = (typeof ACTIONS)[number];

export const reassignPartitions = joptScript({
  name: 'reassign-partitions',
  kafkaName: 'kafka-reassign-partitions',
  about: 'Move partitions to other brokers or log directories',
  headline: 'This tool helps to move topic partitions between replicas.',
  parseErrors: 'uncaught',
  examples: [
    { about: 'Carry a plan out', command: 'reassign-partitions --execute --reassignment-json-file plan.json' },
    { about: 'How far it is', command: 'reassign-partitions --verify --reassignment-json-file plan.json' },
  ],
  options: {
    'bootstrap-server': optionalText('HOST:PORT,…', 'Brokers to reach the cluster by', { group: 'Connection' }),
    'bootstrap-controller': optionalText('HOST:PORT,…', 'Controllers, for --cancel and --list', {
      group: 'Connection',
    }),
    'command-config': commandConfig,
    generate: flag('Propose a plan', { group: 'Actions' }),
    execute: flag('Carry a plan out', { group: 'Actions' }),
    verify: flag('Show how far a plan is; ends its throttles when it is done', { group: 'Actions' }),
    cancel: flag('Give a plan up', { group: 'Actions' }),
    list: flag('Show all reassignments that are going on', { group: 'Actions' }),
    'reassignment-json-file': text(
      'FILE',
      'The plan: {"version":1,"partitions":[{"topic":"orders","partition":0,"replicas":[1,2],"log_dirs":["any","/data"]}]}',
      { suggest: 'files' },
    ),
    'topics-to-move-json-file': text('FILE', 'Topics for --generate: {"version":1,"topics":[{"topic":"orders"}]}', {
      suggest: 'files',
    }),
    'broker-list': text('ID,…', 'Brokers for --generate'),
    'disable-rack-aware': flag('With --generate: racks do not matter'),
    throttle: long('BYTES', 'Limit between brokers, a second', { default: -1 }),
    'replica-alter-log-dirs-throttle': long('BYTES', 'Limit between log directories, a second', { default: -1 }),
    timeout: long('MS', 'How long moves between log directories may take to begin', { default: 10_000 }),
    additional: flag('Beside what is going on already'),
    'preserve-throttles': flag('Leave throttles as they are'),
    'disallow-replication-factor-change': flag('Refuse a plan that changes the number of replicas'),
    ...general,
  },
});

export type ReassignOptions = ParsedOptions<typeof reassignPartitions.options>;
type Name = keyof typeof reassignPartitions.options & string;

const REQUIRED: Record<ReassignAction, readonly Name[]> = {
  generate: ['topics-to-move-json-file', 'broker-list'],
  execute: ['reassignment-json-file'],
  verify: ['reassignment-json-file'],
  cancel: ['reassignment-json-file'],
  list: [],
};
const COMMON: readonly Name[] = ['bootstrap-server', 'command-config', 'help', 'version', 'json'];
const ALLOWED: Record<ReassignAction, readonly Name[]> = {
  generate: ['disable-rack-aware'],
  execute: [
    'additional',
    'throttle',
    'replica-alter-log-dirs-throttle',
    'timeout',
    'disallow-replication-factor-change',
  ],
  verify: ['preserve-throttles'],
  cancel: ['bootstrap-controller', 'preserve-throttles', 'timeout'],
  list: ['bootstrap-controller'],
};

/** Checks as ReassignPartitionsCommand.validateAndParseArgs. @throws UsageError */
export function checkReassignPartitions(options: ReassignOptions, needsServer: boolean): ReassignAction {
  const all = ACTIONS.map((action) => `--${action}`).join(', ');
  const action = checkOneAction(options, ACTIONS, `Command must include exactly one action: ${all}`);
  if (options.has('bootstrap-server') && options.has('bootstrap-controller'))
    throw new UsageError("Please don't specify both --bootstrap-server and --bootstrap-controller");
  if (needsServer && !options.has('bootstrap-server') && !options.has('bootstrap-controller'))
    throw new UsageError('Please specify either --bootstrap-server or --bootstrap-controller');
  checkRequired(options, ...REQUIRED[action]);
  const allowed = new Set<string>([...COMMON, ...REQUIRED[action], ...ALLOWED[action], action]);
  for (const { name } of options.occurrences) {
    if (!allowed.has(name)) throw new UsageError(`Option "[${name}]" can't be used with action "[${action}]"`);
  }
  return action;
}
