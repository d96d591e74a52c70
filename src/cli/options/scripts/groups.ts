import { checkInvalid, checkOneAction } from '../checks.ts';
import type { ParsedOptions } from '../parsed.ts';
import { joptScript } from '../script.ts';
import { flag, text } from '../table.ts';
import { bootstrapServer, commandConfig, general } from './common.ts';

const FILTERS = 'Which groups';

export const groups = joptScript({
  name: 'groups',
  kafkaName: 'kafka-groups',
  about: 'List the groups of all kinds',
  headline: 'This tool helps to list groups of all types.',
  tableHeading: `${'Option (* = required)'.padEnd(38)}${'Description'.padEnd(39)}`,
  parseErrors: 'usage',
  examples: [
    { about: 'All groups', command: 'groups --list' },
    { about: 'Consumer groups of either protocol', command: 'groups --list --consumer' },
    { about: "Kafka Connect's workers", command: 'groups --list --group-type classic --protocol connect' },
  ],
  options: {
    'bootstrap-server': { ...bootstrapServer, required: true },
    'command-config': commandConfig,
    list: flag('List the groups', { group: 'Actions' }),
    'group-type': text('TYPE', 'Only groups of this type', {
      group: FILTERS,
      suggest: ['classic', 'consumer', 'share', 'streams'],
    }),
    protocol: text('PROTOCOL', 'Only groups of this protocol; empty for groups that have offsets alone', {
      group: FILTERS,
    }),
    consumer: flag('Only groups of consumers, whichever protocol they speak, and groups that have offsets alone', {
      group: FILTERS,
    }),
    share: flag('Only share groups', { group: FILTERS }),
    streams: flag('Only streams groups', { group: FILTERS }),
    ...general,
  },
});

export type GroupsOptions = ParsedOptions<typeof groups.options>;

const TYPES = ['Classic', 'Consumer', 'Share', 'Streams'];
const KINDS = ['consumer', 'share', 'streams'] as const;

/** Which groups are wanted, but for their protocol. */
export interface GroupFilter {
  /** As the cluster spells it: `Classic`. */
  readonly type: string | undefined;
  readonly kinds: readonly (typeof KINDS)[number][];
}

/** A type that is none: Kafka's script ends with the stack of an exception. */
export class UnknownGroupType extends Error {}

/**
 * Checks as GroupsCommandOptions.checkArgs.
 * @throws UsageError, UnknownGroupType
 */
export function checkGroups(options: GroupsOptions): GroupFilter {
  checkOneAction(options, ['list'], 'Command must include exactly one action: --list.');
  const wanted = options.value('group-type')?.toLowerCase();
  const type = TYPES.find((name) => name.toLowerCase() === wanted);
  if (wanted !== undefined && type === undefined)
    throw new UnknownGroupType('--group-type must be a valid group type.');
  const others = ['consumer', 'group-type', 'protocol', 'share', 'streams'] as const;
  checkInvalid(options, 'consumer', ['group-type', 'protocol', 'share', 'streams']);
  for (const kind of ['share', 'streams'] as const) {
    checkInvalid(
      options,
      kind,
      others.filter((other) => other !== kind),
    );
  }
  return { type, kinds: KINDS.filter((kind) => options.has(kind)) };
}
