// What the commands for groups of one kind have in common: from their options to what the tools take, and a failure's words.
import type { Admin, CallOptions } from '../client/admin.ts';
import { KafkaError } from '../protocol/errors.ts';
import type { GroupChoice } from '../tools/consumer-groups/described-groups.ts';
import { IllegalArgument } from '../tools/illegal-argument.ts';
import { JavaException } from '../tools/java-exception.ts';
import type { PlanFile } from '../tools/offset-reset/plan-file.ts';
import type { ResetTools, Scenario } from '../tools/offset-reset/scenarios.ts';
import type { Report } from '../tools/report.ts';
import { EXECUTION_EXCEPTION, WrappedError, wrapping } from '../tools/wrapped-error.ts';
import { PropertiesFileError } from './command-config.ts';
import { advice } from './failure-text.ts';
import { logLine } from './log-lines.ts';
import { openAdmin } from './open-admin.ts';
import { UsageError } from './options/errors.ts';
import type { ParsedOptions } from './options/parsed.ts';
import type { bootstrapServer, commandConfig } from './options/scripts/common.ts';
import type { CommittedScenarios, timeout } from './options/scripts/group-options.ts';
import type { OptionTable } from './options/table.ts';
import { readPlan } from './read-plan.ts';
import type { ScriptContext } from './script-command.ts';
import type { Failure } from './script-failure.ts';
import { withAdmin } from './with-admin.ts';

type Connecting = ParsedOptions<{
  'bootstrap-server': typeof bootstrapServer;
  'command-config': typeof commandConfig;
  timeout: typeof timeout;
}>;

type Place = Pick<ScriptContext, 'output' | 'compat' | 'confirm' | 'notice'>;

/**
 * Runs an action with a client for the cluster of the command line.
 * @param check what is wrong with its options only then
 * @throws UsageError where Kafka's script shows its options: for an IllegalArgument, or what `isUsage` says is one
 */
export async function actOnGroups(
  context: Place & { readonly options: Connecting },
  act: (admin: Admin, limits: CallOptions) => Promise<Report>,
  check: () => void = () => {},
  isUsage: (error: unknown) => boolean = () => false,
): Promise<Report> {
  const { options } = context;
  try {
    const commandConfig = options.value('command-config');
    const connection = { commandConfig, bootstrapServer: options.value('bootstrap-server') };
    return await withAdmin(
      () => openAdmin(connection, context),
      (admin) => {
        check();
        return act(admin, { timeoutMs: options.value('timeout')! });
      },
    );
  } catch (error) {
    if (error instanceof IllegalArgument || isUsage(error)) throw new UsageError((error as Error).message);
    throw error;
  }
}

/** How the script for groups of a kind words a failure. */
export function groupFailure(kind: 'consumer' | 'share' | 'streams', error: Error, { compat }: Place): Failure {
  const message = error.cause instanceof PropertiesFileError ? String(error.cause) : error.message;
  return {
    stdout: `\nError: Executing ${kind} group command failed due to ${message}\n`,
    stderr: compat.manner === 'kafka' ? javaTrace(error) : advice(error, compat),
  };
}

/** The exceptions that Kafka's script prints with a failure, without their frames. */
function javaTrace(error: Error): string {
  const { message, cause } = error;
  if (cause instanceof JavaException) return `java.lang.RuntimeException: ${message}\nCaused by: ${cause}\n`;
  if (error instanceof WrappedError) {
    const twice = message.startsWith(EXECUTION_EXCEPTION) ? `Caused by: ${message}\n` : '';
    return `${error}\n${twice}Caused by: ${cause}\n`;
  }
  return error instanceof KafkaError ? `${error}\n` : '';
}

/** The groups that are named, or all. */
export const groupChoice = <T extends OptionTable>(options: ParsedOptions<T>): GroupChoice =>
  options.has('all-groups') ? { allGroups: true } : { groups: options.values('group') as string[] };

type Describe<C> = (admin: Admin, choice: C, limits: CallOptions) => Promise<Report>;
type Described = GroupChoice & { readonly verbose: boolean };

/** `--describe`, with the tool for what of the groups it is to show: each is loaded only when asked for. */
export const describing =
  (tools: Readonly<Record<'members' | 'offsets' | 'state', () => Promise<Describe<Described>>>>) =>
  async <T extends OptionTable>(
    admin: Admin,
    { options }: { readonly options: ParsedOptions<T> },
    limits: CallOptions,
  ): Promise<Report> => {
    const what = (['members', 'state'] as const).find((one) => options.has(one)) ?? 'offsets';
    const describe = await tools[what]();
    return describe(admin, { ...groupChoice(options), verbose: options.has('verbose') }, limits);
  };

/** What a reset works with. */
export const resetTools = ({ output, notice, compat }: Place, admin: Admin, options: CallOptions): ResetTools => ({
  admin,
  options,
  nowMs: Date.now(),
  notice,
  complain: (exception) => compat.manner === 'kafka' && output.warn(exception),
  log: (level, text, logger) => output.warn(logLine(level, text, logger)),
});

/** What Kafka's scripts read of the scenarios whatever they do, in their order. @throws OptionError */
export function checkScenarioValues(options: CommittedScenarios): void {
  options.values('to-offset');
  options.value('by-duration');
  options.value('shift-by');
}

/** Where the offsets of a consumer or streams group go, by the first of several values. Numbers are read whether they are needed or not, as by Kafka's script. */
export function committedScenario(options: CommittedScenarios): Scenario | undefined {
  const [[offset], shift] = [options.values('to-offset'), options.value('shift-by')];
  const [[datetime], duration] = [options.values('to-datetime'), options.value('by-duration')];
  if (offset !== undefined) return { to: 'offset', by: offset };
  if (shift !== undefined) return { to: 'shift', by: shift };
  if (datetime !== undefined) return { to: 'datetime', text: datetime };
  if (duration !== undefined) return { to: 'duration', text: duration };
  const plain = (['earliest', 'latest', 'current'] as const).find((to) => options.has(`to-${to}`));
  return plain === undefined ? undefined : { to: plain };
}

/** The plan that `--from-file` names. */
export function planFile(options: CommittedScenarios): PlanFile | undefined {
  const [file] = options.values('from-file');
  return file === undefined ? undefined : { read: () => wrapping(readPlan(file)) };
}
