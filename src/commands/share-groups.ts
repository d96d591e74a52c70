import { PropertiesFileError } from '../cli/command-config.ts';
import { advice } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { UsageError } from '../cli/options/errors.ts';
import { type ShareGroupsOptions, shareGroups } from '../cli/options/scripts/share-groups.ts';
import { checkShareGroups, type ShareGroupsAction } from '../cli/options/scripts/share-groups-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin, CallOptions } from '../client/admin.ts';
import type { Scenario } from '../tools/consumer-groups/reset-scenarios.ts';
import { IllegalArgument } from '../tools/illegal-argument.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof shareGroups>;

export default scriptCommand({
  script: shareGroups,
  async run(context) {
    const { options } = context;
    const action = checkShareGroups(options);
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    try {
      return await withAdmin(
        () => openAdmin(connection, context),
        (admin) => ACTIONS[action](admin, context, { timeoutMs: options.value('timeout')! }),
      );
    } catch (error) {
      throw error instanceof IllegalArgument ? new UsageError(error.message) : error;
    }
  },
  failure(error, { compat }) {
    if (error.name === 'ResetRefused') return { stderr: `${error.message}\n` };
    const cause = error.cause instanceof PropertiesFileError ? error.cause : undefined;
    const message = cause ? `java.nio.file.NoSuchFileException: ${cause.path}` : error.message;
    return {
      stdout: `\nError: Executing share group command failed due to ${message}\n`,
      stderr: advice(error, compat),
      kafkaExit: 0,
    };
  },
});

type Action = (admin: Admin, context: Context, limits: CallOptions) => Promise<Report>;

const ACTIONS: Readonly<Record<ShareGroupsAction, Action>> = {
  async list(admin, { options }, limits) {
    const { listByState, SHARE_GROUPS } = await import('../tools/list-by-state.ts');
    const state = options.has('state') ? (options.value('state') ?? null) : undefined;
    return listByState(admin, SHARE_GROUPS, state, limits);
  },

  async describe(admin, { options }, limits) {
    const choice = { ...choiceOf(options), verbose: options.has('verbose') };
    if (options.has('members')) {
      const { describeMembers } = await import('../tools/share-groups/describe-members.ts');
      return describeMembers(admin, choice, limits);
    }
    if (options.has('state')) {
      const { describeState } = await import('../tools/share-groups/describe-state.ts');
      return describeState(admin, choice, limits);
    }
    const { describeOffsets } = await import('../tools/share-groups/describe-offsets.ts');
    return describeOffsets(admin, choice, limits);
  },

  async delete(admin, { options }, limits) {
    const { deleteGroups } = await import('../tools/share-groups/delete.ts');
    return deleteGroups(admin, choiceOf(options), limits);
  },

  async 'delete-offsets'(admin, { options }, limits) {
    const { deleteOffsets } = await import('../tools/share-groups/delete-offsets.ts');
    return deleteOffsets(admin, { group: options.value('group')!, topics: options.values('topic') }, limits);
  },

  async 'reset-offsets'(admin, { options, output, notice }, limits) {
    const { resetOffsets } = await import('../tools/share-groups/reset.ts');
    const wanted = {
      group: options.value('group')!,
      scope: options.has('topic') ? { topics: options.values('topic') } : ({ allTopics: true } as const),
      scenario: scenarioOf(options),
      execute: options.has('execute'),
    };
    const warn = (level: 'WARN' | 'ERROR', text: string, logger: string) => output.warn(logLine(level, text, logger));
    const tools = {
      admin,
      options: limits,
      nowMs: Date.now(),
      clamped: (text: string) => warn('WARN', text, 'org.apache.kafka.tools.OffsetsUtils'),
      invalidTopic: (topic: string) =>
        warn(
          'ERROR',
          `[AdminClient clientId=adminclient-1] Received invalid topic error for topic ${topic} in \`Metadata\` response`,
          'org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy',
        ),
      notice,
    };
    return resetOffsets(wanted, admin, tools);
  },
};

const choiceOf = (options: ShareGroupsOptions) =>
  options.has('all-groups') ? ({ allGroups: true } as const) : { groups: options.values('group') };

function scenarioOf(options: ShareGroupsOptions): Scenario {
  if (options.has('to-datetime')) return { to: 'datetime', text: options.value('to-datetime')! };
  return { to: options.has('to-earliest') ? 'earliest' : 'latest' };
}
