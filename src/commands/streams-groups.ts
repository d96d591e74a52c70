import {
  actOnGroups,
  checkScenarioValues,
  committedScenario,
  describing,
  groupChoice,
  groupFailure,
  planFile,
  resetTools,
} from '../cli/group-command.ts';
import { OptionError } from '../cli/options/errors.ts';
import { type StreamsGroupsOptions, streamsGroups } from '../cli/options/scripts/streams-groups.ts';
import { checkStreamsGroups, type StreamsGroupsAction } from '../cli/options/scripts/streams-groups-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import type { Admin, CallOptions } from '../client/admin.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof streamsGroups>;

export default scriptCommand({
  script: streamsGroups,
  async run(context) {
    const { options } = context;
    const action = checkStreamsGroups(options);
    const isUsage = (error: unknown) => error instanceof OptionError;
    const act = (admin: Admin, limits: CallOptions) => ACTIONS[action](admin, context, limits);
    return actOnGroups(context, act, () => checkScenarioValues(options), isUsage);
  },
  failure: (error, context) => groupFailure('streams', error, context),
});

type Action = (admin: Admin, context: Context, limits: CallOptions) => Promise<Report>;

const ACTIONS: Readonly<Record<StreamsGroupsAction, Action>> = {
  async list(admin, { options }, limits) {
    const { listByState, STREAMS_GROUPS } = await import('../tools/list-by-state.ts');
    const state = options.has('state') ? (options.value('state') ?? null) : undefined;
    return listByState(admin, STREAMS_GROUPS, state, limits);
  },

  describe: describing({
    members: async () => (await import('../tools/streams-groups/describe-members.ts')).describeMembers,
    offsets: async () => (await import('../tools/streams-groups/describe-offsets.ts')).describeOffsets,
    state: async () => (await import('../tools/streams-groups/describe-state.ts')).describeState,
  }),

  async delete(admin, context, limits) {
    const { deleteGroups } = await import('../tools/streams-groups/delete.ts');
    const { options } = context;
    const internalTopics = options.has('delete-all-internal-topics');
    const { complain } = resetTools(context, admin, limits);
    return deleteGroups(admin, { ...groupChoice(options), internalTopics }, limits, complain);
  },

  async 'delete-offsets'(admin, { options }, limits) {
    const group = options.value('group')!;
    if (options.has('all-input-topics')) {
      const { deleteInputOffsets } = await import('../tools/streams-groups/delete-offsets.ts');
      return deleteInputOffsets(admin, group, limits);
    }
    const { deleteOffsets } = await import('../tools/consumer-groups/delete-offsets.ts');
    return deleteOffsets(admin, { group, topics: options.values('input-topic') }, limits);
  },

  async 'reset-offsets'(admin, context, limits) {
    const { resetOffsets } = await import('../tools/streams-groups/reset.ts');
    const { options } = context;
    const wanted = {
      choice: groupChoice(options),
      scenario: committedScenario(options),
      scope: scopeOf(options),
      file: planFile(options),
      execute: options.has('execute'),
      export: options.has('export'),
      internalTopics: options.has('delete-all-internal-topics') ? 'all' : options.values('delete-internal-topic'),
    } as const;
    return resetOffsets(wanted, admin, resetTools(context, admin, limits));
  },
};

function scopeOf(options: StreamsGroupsOptions) {
  if (options.has('all-input-topics')) return { allTopics: true } as const;
  return options.has('input-topic') ? { topics: options.values('input-topic') } : undefined;
}
