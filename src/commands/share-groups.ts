import { actOnGroups, describing, groupChoice, groupFailure, resetTools } from '../cli/group-command.ts';
import { type ShareGroupsOptions, shareGroups } from '../cli/options/scripts/share-groups.ts';
import { checkShareGroups, type ShareGroupsAction } from '../cli/options/scripts/share-groups-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import type { Admin, CallOptions } from '../client/admin.ts';
import type { Scenario } from '../tools/offset-reset/scenarios.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof shareGroups>;

export default scriptCommand({
  script: shareGroups,
  async run(context) {
    const { options } = context;
    const action = checkShareGroups(options);
    return actOnGroups(context, (admin, limits) => ACTIONS[action](admin, context, limits));
  },
  failure(error, context) {
    if (error.name === 'ResetRefused') return { stderr: `${error.message}\n` };
    return { ...groupFailure('share', error, context), kafkaExit: 0 };
  },
});

type Action = (admin: Admin, context: Context, limits: CallOptions) => Promise<Report>;

const ACTIONS: Readonly<Record<ShareGroupsAction, Action>> = {
  async list(admin, { options }, limits) {
    const { listByState, SHARE_GROUPS } = await import('../tools/list-by-state.ts');
    const state = options.has('state') ? (options.value('state') ?? null) : undefined;
    return listByState(admin, SHARE_GROUPS, state, limits);
  },

  describe: describing({
    members: async () => (await import('../tools/share-groups/describe-members.ts')).describeMembers,
    offsets: async () => (await import('../tools/share-groups/describe-offsets.ts')).describeOffsets,
    state: async () => (await import('../tools/share-groups/describe-state.ts')).describeState,
  }),

  async delete(admin, { options }, limits) {
    const { deleteGroups } = await import('../tools/share-groups/delete.ts');
    return deleteGroups(admin, groupChoice(options), limits);
  },

  async 'delete-offsets'(admin, { options }, limits) {
    const { deleteOffsets } = await import('../tools/share-groups/delete-offsets.ts');
    return deleteOffsets(admin, { group: options.value('group')!, topics: options.values('topic') }, limits);
  },

  async 'reset-offsets'(admin, context, limits) {
    const { resetOffsets } = await import('../tools/share-groups/reset.ts');
    const { options } = context;
    const wanted = {
      group: options.value('group')!,
      scope: options.has('topic') ? { topics: options.values('topic') } : ({ allTopics: true } as const),
      scenario: scenarioOf(options),
      execute: options.has('execute'),
    };
    return resetOffsets(wanted, admin, resetTools(context, admin, limits));
  },
};

function scenarioOf(options: ShareGroupsOptions): Scenario {
  if (options.has('to-datetime')) return { to: 'datetime', text: options.values('to-datetime')[0]! };
  return { to: options.has('to-earliest') ? 'earliest' : 'latest' };
}
