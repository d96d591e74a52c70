// Who may use which API: every API that is served is in here. As kafka.server.KafkaApis and ControllerApis check.
import type { ApiName } from '../../protocol/messages/index.ts';
import type { Call, Guards } from './call.ts';
import { clusterGuards } from './cluster-guards.ts';
import { configGuards } from './config-guards.ts';
import { describeGuards } from './describe-guards.ts';
import { groupGuards } from './group-guards.ts';
import { metadataGuards } from './metadata-guards.ts';
import { offsetFetchGuards } from './offset-fetch-guards.ts';
import { offsetGuards } from './offset-guards.ts';
import { recordGuards } from './record-guards.ts';
import { topicGuards } from './topic-guards.ts';
import { transactionGuards } from './transaction-guards.ts';

/** Checks with `context.access`, between checks of its own that come first or within a session. */
const withinHandler = <N extends ApiName>(call: Call<N>) => call.serve();

const handlerGuards = {
  Fetch: withinHandler,
  DescribeTopicPartitions: withinHandler,
  ShareFetch: withinHandler,
  ShareAcknowledge: withinHandler,
  ShareGroupHeartbeat: withinHandler,
  StreamsGroupHeartbeat: withinHandler,
  CreateDelegationToken: withinHandler,
  DescribeDelegationToken: withinHandler,
} satisfies Guards;

export const guards: Guards = {
  ...clusterGuards,
  ...configGuards,
  ...describeGuards,
  ...groupGuards,
  ...metadataGuards,
  ...offsetFetchGuards,
  ...offsetGuards,
  ...recordGuards,
  ...topicGuards,
  ...transactionGuards,
  ...handlerGuards,
};
