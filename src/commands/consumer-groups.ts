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
import { UsageError } from '../cli/options/errors.ts';
import { type ConsumerGroupsOptions, consumerGroups } from '../cli/options/scripts/consumer-groups.ts';
import { type ConsumerGroupsAction, checkConsumerGroups } from '../cli/options/scripts/consumer-groups-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import type { Admin, CallOptions } from '../client/admin.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof consumerGroups>;

export default scriptCommand({
  script: consumerGroups,
  async run(context) {
    const { options, output } = context;
    const action = checkConsumerGroups(options, { warn: (line) => output.warn(line) });
    if (action === 'validate-regex') {
      const { validateRegex } = await import('../tools/consumer-groups/validate-regex.ts');
      return validateRegex(regexOf(options));
    }
    const act = (admin: Admin, limits: CallOptions) => ACTIONS[action](admin, context, limits);
    return actOnGroups(context, act, () => checkScenarioValues(options));
  },
  failure: (error, context) => ({ ...groupFailure('consumer', error, context), kafkaExit: 0 }),
});

type Action = (admin: Admin, context: Context, limits: CallOptions) => Promise<Report>;

const ACTIONS: Readonly<Record<Exclude<ConsumerGroupsAction, 'validate-regex'>, Action>> = {
  async list(admin, { options }, limits) {
    const { listGroups } = await import('../tools/consumer-groups/list.ts');
    const argument = (name: 'state' | 'type') => (options.has(name) ? (options.value(name) ?? null) : undefined);
    return listGroups(admin, { state: argument('state'), type: argument('type') }, limits);
  },

  describe: describing({
    members: async () => (await import('../tools/consumer-groups/describe-members.ts')).describeMembers,
    offsets: async () => (await import('../tools/consumer-groups/describe-offsets.ts')).describeOffsets,
    state: async () => (await import('../tools/consumer-groups/describe-state.ts')).describeState,
  }),

  async delete(admin, { options }, limits) {
    const { deleteGroups } = await import('../tools/consumer-groups/delete.ts');
    return deleteGroups(admin, groupChoice(options), limits);
  },

  async 'delete-offsets'(admin, { options }, limits) {
    const { deleteOffsets } = await import('../tools/consumer-groups/delete-offsets.ts');
    return deleteOffsets(admin, { group: options.value('group')!, topics: options.values('topic') }, limits);
  },

  async 'reset-offsets'(admin, context, limits) {
    const { resetOffsets } = await import('../tools/consumer-groups/reset.ts');
    const { options } = context;
    const wanted = {
      choice: groupChoice(options),
      scenario: committedScenario(options),
      scope: scopeOf(options),
      file: planFile(options),
      execute: options.has('execute'),
      export: options.has('export'),
    };
    return resetOffsets(wanted, admin, resetTools(context, admin, limits));
  },
};

/** @throws UsageError for several: Kafka's script looks at it before all else that its options can have wrong */
function regexOf(options: ConsumerGroupsOptions): string {
  try {
    return options.value('validate-regex')!;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function scopeOf(options: ConsumerGroupsOptions) {
  if (options.has('all-topics')) return { allTopics: true } as const;
  return options.has('topic') ? { topics: options.values('topic') } : undefined;
}
