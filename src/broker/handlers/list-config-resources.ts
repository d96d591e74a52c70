// ListConfigResources, v0-1: what has a dynamic configuration, or could have one.
// v0: client metrics subscriptions only (ListClientMetricsResources, KIP-714).  v1: any type, none = all (KIP-1142).
// Follows KafkaApis.handleListConfigResources: topics and brokers are all listed, groups and subscriptions those with
// configs.
import { ErrorCode } from '../../protocol/errors.ts';
import { ListConfigResources } from '../../protocol/messages/list-config-resources.ts';
import { ResourceType } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';

const ALL_TYPES: readonly number[] = Object.values(ResourceType);

export const listConfigResourcesHandler = defineHandler(ListConfigResources, (request, { apiVersion, services }) => {
  const asked = request.resourceTypes.length > 0 ? [...new Set(request.resourceTypes)] : ALL_TYPES;
  const types = apiVersion === 0 ? [ResourceType.CLIENT_METRICS] : asked;
  if (types.some((type) => !ALL_TYPES.includes(type)))
    return { throttleTimeMs: 0, errorCode: ErrorCode.UNSUPPORTED_VERSION, configResources: [] };
  return {
    throttleTimeMs: 0,
    errorCode: ErrorCode.NONE,
    configResources: types.flatMap((resourceType) =>
      namesOf(resourceType, services).map((resourceName) => ({ resourceType, resourceName })),
    ),
  };
});

function namesOf(type: number, { metadata, nodeId }: Services): string[] {
  switch (type) {
    case ResourceType.TOPIC:
      return [...metadata.topics()].map(({ name }) => name);
    case ResourceType.BROKER:
    case ResourceType.BROKER_LOGGER:
      return [String(nodeId)];
    case ResourceType.GROUP:
      return [...metadata.resourcesWithConfigs(ResourceType.GROUP)];
    default:
      return [...metadata.resourcesWithConfigs(ResourceType.CLIENT_METRICS)];
  }
}
