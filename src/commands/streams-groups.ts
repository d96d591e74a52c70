import { readFile } from 'node:fs/promises';
import { PropertiesFileError } from '../cli/command-config.ts';
import { advice } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { OptionError, UsageError } from '../cli/options/errors.ts';
import { type StreamsGroupsOptions, streamsGroups } from '../cli/options/scripts/streams-groups.ts';
import { checkStreamsGroups, type StreamsGroupsAction } from '../cli/options/scripts/streams-groups-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin, CallOptions } from '../client/admin.ts';
import type { Scenario } from '../tools/consumer-groups/reset-scenarios.ts';
import { IllegalArgument } from '../tools/illegal-argument.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof streamsGroups>;

export default scriptCommand({
  script: streamsGroups,
  async run(context) {
    const { options } = context;
    const action = checkStreamsGroups(options);
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
      const isUsage = error instanceof IllegalArgument || error instanceof OptionError;
      throw isUsage ? new UsageError(error.message) : error;
    }
  },
  failure(error, { compat }) {
    const cause = error.cause instanceof PropertiesFileError ? error.cause : undefined;
    const message = cause ? `java.nio.file.NoSuchFileException: ${cause.path}` : error.message;
    return {
      stdout: `\nError: Executing streams group command failed due to ${message}\n`,
      stderr: advice(error, compat),
    };
  },
});

type Action = (admin: Admin, context: Context, limits: CallOptions) => Promise<Report>;

const ACTIONS: Readonly<Record<StreamsGroupsAction, Action>> = {
  async list(admin, { options }, limits) {
    const { listByState, STREAMS_GROUPS } = await import('../tools/list-by-state.ts');
    const state = options.has('state') ? (options.value('state') ?? null) : undefined;
    return listByState(admin, STREAMS_GROUPS, state, limits);
  },

  async describe(admin, { options }, limits) {
    const choice = { ...choiceOf(options), verbose: options.has('verbose') };
    if (options.has('members')) {
      const { describeMembers } = await import('../tools/streams-groups/describe-members.ts');
      return describeMembers(admin, choice, limits);
    }
    if (options.has('state')) {
      const { describeState } = await import('../tools/streams-groups/describe-state.ts');
      return describeState(admin, choice, limits);
    }
    const { describeOffsets } = await import('../tools/streams-groups/describe-offsets.ts');
    return describeOffsets(admin, choice, limits);
  },

  async delete(admin, { options }, limits) {
    const { deleteGroups } = await import('../tools/streams-groups/delete.ts');
    const internalTopics = options.has('delete-all-internal-topics');
    return deleteGroups(admin, { ...choiceOf(options), internalTopics }, limits);
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

  async 'reset-offsets'(admin, { options, output, notice }, limits) {
    const { resetOffsets } = await import('../tools/streams-groups/reset.ts');
    const file = options.value('from-file');
    const wanted = {
      choice: choiceOf(options),
      scenario: scenarioOf(options),
      scope: scopeOf(options),
      file: file === undefined ? undefined : await readPlan(file),
      execute: options.has('execute'),
      export: options.has('export'),
      internalTopics: options.has('delete-all-internal-topics') ? 'all' : options.values('delete-internal-topic'),
    } as const;
    const warn = (level: 'WARN' | 'ERROR', text: string, logger: string) => output.warn(logLine(level, text, logger));
    const clamped = (text: string) => warn('WARN', text, 'org.apache.kafka.tools.OffsetsUtils');
    const invalidTopic = (topic: string) =>
      warn(
        'ERROR',
        `[AdminClient clientId=adminclient-1] Received invalid topic error for topic ${topic} in \`Metadata\` response`,
        'org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy',
      );
    return resetOffsets(wanted, admin, { admin, options: limits, nowMs: Date.now(), clamped, invalidTopic, notice });
  },
};

const choiceOf = (options: StreamsGroupsOptions) =>
  options.has('all-groups') ? ({ allGroups: true } as const) : { groups: options.values('group') };

function scopeOf(options: StreamsGroupsOptions) {
  if (options.has('all-input-topics')) return { allTopics: true } as const;
  return options.has('input-topic') ? { topics: options.values('input-topic') } : undefined;
}

/** Numbers are read whether they are needed or not, as by Kafka's script. */
function scenarioOf(options: StreamsGroupsOptions): Scenario | undefined {
  const [offset, shift] = [options.value('to-offset'), options.value('shift-by')];
  const [datetime, duration] = [options.value('to-datetime'), options.value('by-duration')];
  if (offset !== undefined) return { to: 'offset', by: offset };
  if (shift !== undefined) return { to: 'shift', by: shift };
  if (datetime !== undefined) return { to: 'datetime', text: datetime };
  if (duration !== undefined) return { to: 'duration', text: duration };
  const plain = (['earliest', 'latest', 'current'] as const).find((to) => options.has(`to-${to}`));
  return plain === undefined ? undefined : { to: plain };
}

async function readPlan(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`java.io.IOException: Unable to read file ${file}`, { cause });
  }
}
