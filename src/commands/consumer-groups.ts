import { readFile } from 'node:fs/promises';
import { PropertiesFileError } from '../cli/command-config.ts';
import { advice } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import { UsageError } from '../cli/options/errors.ts';
import { type ConsumerGroupsOptions, consumerGroups } from '../cli/options/scripts/consumer-groups.ts';
import { type ConsumerGroupsAction, checkConsumerGroups } from '../cli/options/scripts/consumer-groups-checks.ts';
import { type ScriptContext, scriptCommand } from '../cli/script-command.ts';
import { withAdmin } from '../cli/with-admin.ts';
import type { Admin, CallOptions } from '../client/admin.ts';
import type { Scenario } from '../tools/consumer-groups/reset-scenarios.ts';
import { IllegalArgument } from '../tools/illegal-argument.ts';
import type { Report } from '../tools/report.ts';

type Context = ScriptContext<typeof consumerGroups>;

export default scriptCommand({
  script: consumerGroups,
  async run(context) {
    const { options, output } = context;
    const action = checkConsumerGroups(options, { warn: (line) => output.warn(line) });
    if (action === 'validate-regex') {
      const { validateRegex } = await import('../tools/consumer-groups/validate-regex.ts');
      return validateRegex(options.value('validate-regex')!);
    }
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
    const cause = error.cause instanceof PropertiesFileError ? error.cause : undefined;
    const message = cause ? `java.nio.file.NoSuchFileException: ${cause.path}` : error.message;
    return {
      stdout: `\nError: Executing consumer group command failed due to ${message}\n`,
      stderr: advice(error, compat),
      kafkaExit: 0,
    };
  },
});

type Action = (admin: Admin, context: Context, limits: CallOptions) => Promise<Report>;

const ACTIONS: Readonly<Record<Exclude<ConsumerGroupsAction, 'validate-regex'>, Action>> = {
  async list(admin, { options }, limits) {
    const { listGroups } = await import('../tools/consumer-groups/list.ts');
    const argument = (name: 'state' | 'type') => (options.has(name) ? (options.value(name) ?? null) : undefined);
    return listGroups(admin, { state: argument('state'), type: argument('type') }, limits);
  },

  async describe(admin, { options }, limits) {
    const choice = { ...choiceOf(options), verbose: options.has('verbose') };
    if (options.has('members')) {
      const { describeMembers } = await import('../tools/consumer-groups/describe-members.ts');
      return describeMembers(admin, choice, limits);
    }
    if (options.has('state')) {
      const { describeState } = await import('../tools/consumer-groups/describe-state.ts');
      return describeState(admin, choice, limits);
    }
    const { describeOffsets } = await import('../tools/consumer-groups/describe-offsets.ts');
    return describeOffsets(admin, choice, limits);
  },

  async delete(admin, { options }, limits) {
    const { deleteGroups } = await import('../tools/consumer-groups/delete.ts');
    return deleteGroups(admin, choiceOf(options), limits);
  },

  async 'delete-offsets'(admin, { options }, limits) {
    const { deleteOffsets } = await import('../tools/consumer-groups/delete-offsets.ts');
    return deleteOffsets(admin, { group: options.value('group')!, topics: options.values('topic') }, limits);
  },

  async 'reset-offsets'(admin, { options, output, notice }, limits) {
    const { resetOffsets } = await import('../tools/consumer-groups/reset.ts');
    const file = options.value('from-file');
    const wanted = {
      choice: choiceOf(options),
      scenario: scenarioOf(options),
      scope: scopeOf(options),
      file: file === undefined ? undefined : await readPlan(file),
      execute: options.has('execute'),
      export: options.has('export'),
    };
    const clamped = (text: string) => output.warn(logLine('WARN', text, 'org.apache.kafka.tools.OffsetsUtils'));
    const invalidTopic = (topic: string) =>
      output.warn(
        logLine(
          'ERROR',
          `[AdminClient clientId=adminclient-1] Received invalid topic error for topic ${topic} in \`Metadata\` response`,
          'org.apache.kafka.clients.admin.internals.PartitionLeaderStrategy',
        ),
      );
    const tools = { admin, options: limits, nowMs: Date.now(), clamped, invalidTopic, notice };
    return resetOffsets(wanted, admin, tools);
  },
};

const choiceOf = (options: ConsumerGroupsOptions) =>
  options.has('all-groups') ? ({ allGroups: true } as const) : { groups: options.values('group') };

function scopeOf(options: ConsumerGroupsOptions) {
  if (options.has('all-topics')) return { allTopics: true } as const;
  return options.has('topic') ? { topics: options.values('topic') } : undefined;
}

/** Numbers are read whether they are needed or not, as by Kafka's script. */
function scenarioOf(options: ConsumerGroupsOptions): Scenario | undefined {
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
