import type { Compat } from '../cli/compat.ts';
import { advice, causedBy, setupText } from '../cli/failure-text.ts';
import { logLine } from '../cli/log-lines.ts';
import { openAdmin } from '../cli/open-admin.ts';
import type { Listener } from '../cli/options/checks.ts';
import { checkTopics, type TopicAction, type TopicsOptions, topics } from '../cli/options/scripts/topics.ts';
import { scriptCommand } from '../cli/script-command.ts';
import type { Failure } from '../cli/script-failure.ts';
import { ClientSetupError, withAdmin } from '../cli/with-admin.ts';
import type { Admin } from '../client/admin.ts';
import type { Report } from '../tools/report.ts';

export default scriptCommand({
  script: topics,
  async run(context) {
    const { options, output, notice } = context;
    const action = checkTopics(options, { warn: (line) => output.warn(line), notice });
    const connection = {
      bootstrapServer: options.value('bootstrap-server'),
      commandConfig: options.value('command-config'),
    };
    return withAdmin(
      () => openAdmin(connection, context),
      (admin) => ACTIONS[action](admin, options, { notice, warn: (line) => output.warn(line) }).catch(asActionFailure),
    );
  },
  failure(error, { compat }) {
    if (error instanceof ActionFailure) return actionFailed(error, compat);
    if (error instanceof ClientSetupError) return { stderr: `${setupText(error)}${advice(error, compat)}` };
    return { stderr: `${error.message}\n` };
  },
});

const CONFIG_DEF = 'org.apache.kafka.common.config.ConfigDef';

/** What goes wrong once Kafka's script has its client is told on standard output. */
class ActionFailure extends Error {}

function asActionFailure(error: unknown): never {
  throw error instanceof Error ? new ActionFailure(error.message, { cause: error }) : error;
}

function actionFailed(error: ActionFailure, compat: Compat): Failure {
  const { message, cause } = error;
  const log = `${cause}\n${causedBy(cause as Error)}`;
  return {
    stdout: `Error while executing topic command : ${message}\n`,
    stderr:
      compat.manner === 'kafka'
        ? `${logLine('ERROR', log, 'org.apache.kafka.tools.TopicCommand')}\n`
        : advice(error, compat),
  };
}

type Action = (admin: Admin, options: TopicsOptions, listener: Listener) => Promise<Report>;

const ACTIONS: Readonly<Record<TopicAction, Action>> = {
  async list(admin, options) {
    const { listTopics } = await import('../tools/topics/list.ts');
    return listTopics(admin, { topic: options.value('topic'), excludeInternal: options.has('exclude-internal') });
  },

  async create(admin, options, { notice, warn }) {
    const { COLLISION_WARNING, couldCollide, createTopic } = await import('../tools/topics/create.ts');
    const { parseTopicConfigs } = await import('../tools/topics/topic-configs.ts');
    const topic = options.value('topic')!;
    const shape = await shapeOf(options);
    const wanted = {
      topic,
      ...shape,
      configs: parseTopicConfigs(options.values('config'), (text) => warn(logLine('WARN', text, CONFIG_DEF))),
    };
    if (couldCollide(topic)) notice(COLLISION_WARNING);
    return createTopic(admin, { ...wanted, ifNotExists: options.has('if-not-exists') });
  },

  async alter(admin, options) {
    const { alterTopics } = await import('../tools/topics/alter.ts');
    const { partitions = 0, assignment } = await shapeOf(options);
    return alterTopics(admin, {
      topic: options.value('topic'),
      partitions,
      assignment,
      ifExists: options.has('if-exists'),
    });
  },

  async delete(admin, options) {
    const { deleteTopics } = await import('../tools/topics/delete.ts');
    return deleteTopics(admin, { topic: options.value('topic'), ifExists: options.has('if-exists') });
  },

  async describe(admin, options) {
    const { describeTopics, PARTITION_FILTERS } = await import('../tools/topics/describe.ts');
    return describeTopics(admin, {
      topic: options.value('topic'),
      topicId: options.value('topic-id'),
      excludeInternal: options.has('exclude-internal'),
      ifExists: options.has('if-exists'),
      filters: PARTITION_FILTERS.filter((name) => options.has(`${name}-partitions`)),
      onlyOverrides: options.has('topics-with-overrides'),
      partitionLimit: options.value('partition-size-limit-per-response'),
    });
  },
};

/** The partitions that --create and --alter ask for. */
async function shapeOf(options: TopicsOptions) {
  const [partitions, replicationFactor] = [options.value('partitions'), options.value('replication-factor')];
  const argument = options.value('replica-assignment');
  if (!argument) return { partitions, replicationFactor };
  const { parseReplicaAssignment } = await import('../tools/topics/replica-assignment.ts');
  const assignment = parseReplicaAssignment(argument);
  return { partitions, replicationFactor, ...(assignment.length > 0 && { assignment }) };
}
