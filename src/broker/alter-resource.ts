// What IncrementalAlterConfigs and AlterConfigs do with one resource.
import { ErrorCode, KafkaError } from '../protocol/errors.ts';
import type { AlteredConfigs } from './config/alter.ts';
import { ResourceType } from './metadata/image.ts';
import type { Services } from './services.ts';
import { checkTopicName } from './topics/topic-name.ts';

/** A resource by its type number and name. */
export interface ConfigResource {
  readonly resourceType: number;
  readonly resourceName: string;
}

export function invalidRequest(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}

/** ConfigAdminManager's answer to a type that does not exist. */
export function unknownResourceType({ resourceType }: ConfigResource): KafkaError {
  return invalidRequest(`Unknown resource type ${resourceType}`);
}

/** Whether eligible leader replicas are on, which ties min.insync.replicas down (KIP-966). */
export function isElrEnabled({ metadata }: Services): boolean {
  return (metadata.features.get('eligible.leader.replicas.version') ?? 0) > 0;
}

/**
 * The resources that are there more than once, and so are refused, each time (ConfigAdminManager.preprocess).
 */
export function repeatedResources(resources: readonly ConfigResource[]): Set<string> {
  const keys = resources.map(resourceKey);
  return new Set(keys.filter((key, at) => keys.indexOf(key) !== at));
}

export function resourceKey({ resourceType, resourceName }: ConfigResource): string {
  return `${resourceType} ${resourceName}`;
}

/** What the controller checks of a topic as a resource: after the values. @throws KafkaError */
export function checkTopicResource({ resourceName }: ConfigResource, { metadata }: Services): void {
  if (resourceName === '') throw invalidRequest('Default topic resources are not allowed.');
  checkTopicName(resourceName);
  if (!metadata.topic(resourceName))
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `The topic '${resourceName}' does not exist.`);
}

/** Writes what changed, unless the request only wants to know whether it could. */
export function applyAltered(
  resource: ConfigResource,
  { changes }: AlteredConfigs,
  validateOnly: boolean,
  { metadata }: Services,
): void {
  const type = Object.values(ResourceType).find((known) => known === resource.resourceType);
  if (!validateOnly && type !== undefined) metadata.changeConfigs(type, resource.resourceName, changes);
}
