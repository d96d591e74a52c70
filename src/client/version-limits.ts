// What older versions of requests cannot say: Kafka's clients refuse to send those (the builders of its requests), rather than
// leave out what was asked for.

import type { CreateTopics } from '../protocol/messages/create-topics.ts';
import type { ElectLeaders } from '../protocol/messages/elect-leaders.ts';
import type { FindCoordinator } from '../protocol/messages/find-coordinator.ts';
import type { ListGroups } from '../protocol/messages/list-groups.ts';
import type { Metadata } from '../protocol/messages/metadata.ts';
import type { OffsetFetch } from '../protocol/messages/offset-fetch.ts';
import type { UpdateFeatures } from '../protocol/messages/update-features.ts';
import type { RequestInput } from '../protocol/schema.ts';
import { UnsupportedVersionError } from './errors.ts';

/** FeatureUpdate.UpgradeType. */
const UPGRADE = 1;

const LIMITS: Readonly<Record<string, (body: never, version: number) => string | undefined>> = {
  CreateTopics({ topics }: RequestInput<typeof CreateTopics>, version: number) {
    const usesDefaults = ({ assignments, numPartitions, replicationFactor }: (typeof topics)[number]) =>
      assignments.length === 0 && (numPartitions === -1 || replicationFactor === -1);
    const names = topics.filter(usesDefaults).map(({ name }) => name);
    if (version >= 4 || names.length === 0) return undefined;
    return `Creating topics with default partitions/replication factor are only supported in CreateTopicRequest version 4+. The following topics need values for partitions and replicas: [${names.join(', ')}]`;
  },
  ElectLeaders({ electionType }: RequestInput<typeof ElectLeaders>, version: number) {
    return version === 0 && electionType !== 0 ? 'API Version 0 only supports PREFERRED election type' : undefined;
  },
  FindCoordinator({ keyType }: RequestInput<typeof FindCoordinator>, version: number) {
    if (version >= 1 || (keyType ?? 0) === 0) return undefined;
    return `Cannot create a v${version} FindCoordinator request because we require features supported only in 2 or later.`;
  },
  ListGroups({ statesFilter = [], typesFilter = [] }: RequestInput<typeof ListGroups>, version: number) {
    const need = (least: number, what: string) =>
      `The broker only supports ListGroups v${version}, but we need v${least} or newer to request groups by ${what}.`;
    if (statesFilter.length > 0 && version < 4) return need(4, 'states');
    return typesFilter.length > 0 && version < 5
      ? `${need(5, 'type')} Requested group types: [${typesFilter.join(', ')}].`
      : undefined;
  },
  Metadata({ topics, allowAutoTopicCreation = true }: RequestInput<typeof Metadata>, version: number) {
    if (version < 1) return 'MetadataRequest versions older than 1 are not supported.';
    if (version < 4 && !allowAutoTopicCreation && (topics ?? []).length > 0)
      return "MetadataRequest versions older than 4 don't support the allowAutoTopicCreation field";
    if (version < 12 && topics?.some(({ name }) => name === null))
      return `MetadataRequest version ${version} does not support null topic names.`;
    return undefined;
  },
  OffsetFetch({ topics, groups }: RequestInput<typeof OffsetFetch>, version: number) {
    if (version >= 2 || topics !== null || (groups ?? []).length > 0) return undefined;
    return `The broker only supports OffsetFetchRequest v${version}, but we need v2 or newer to request all topic partitions.`;
  },
  UpdateFeatures({ featureUpdates }: RequestInput<typeof UpdateFeatures>, version: number) {
    if (version >= 1 || featureUpdates.every(({ upgradeType = UPGRADE }) => upgradeType === UPGRADE)) return undefined;
    return `Attempted to write a non-default upgradeType at version ${version}`;
  },
};

/** Fields that must not be left out where they say something: the version that has them, and what says nothing. */
const FIELDS: Readonly<Record<string, readonly (readonly [field: string, since: number, silent: unknown])[]>> = {
  CreateDelegationToken: [
    ['ownerPrincipalType', 3, null],
    ['ownerPrincipalName', 3, null],
  ],
  DescribeCluster: [
    ['endpointType', 1, 1],
    ['includeFencedBrokers', 2, false],
  ],
  UpdateFeatures: [['validateOnly', 1, false]],
};

function leftOut(apiName: string, version: number, body: Readonly<Record<string, unknown>>): string | undefined {
  const saying = FIELDS[apiName]?.find(
    ([field, since, silent]) => version < since && body[field] !== undefined && body[field] !== silent,
  );
  return saying && `Attempted to write a non-default ${saying[0]} at version ${version}`;
}

/** @throws UnsupportedVersionError if this version of a request cannot say what `body` says */
export function checkLimits(apiName: string, version: number, body: unknown): void {
  const message = LIMITS[apiName]?.(body as never, version) ?? leftOut(apiName, version, body as never);
  if (message !== undefined) throw new UnsupportedVersionError(message);
}
