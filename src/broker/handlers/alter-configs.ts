// AlterConfigs, v0-2: replaces all configs of resources; superseded by IncrementalAlterConfigs, and still sent by clients.
// Follows ConfigAdminManager.preprocess and ConfigurationControlManager.legacyAlterConfigs.
import { AlterConfigs, type AlterConfigsRequest } from '../../protocol/messages/alter-configs.ts';
import {
  applyAltered,
  checkTopicResource,
  invalidRequest,
  isElrEnabled,
  repeatedResources,
  resourceKey,
  unknownResourceType,
} from '../alter-resource.ts';
import { type AlteredConfigs, AlterOperation, checkAlterations, replaceConfigs } from '../config/alter.ts';
import { replaceBrokerConfigs } from '../config/alter-broker.ts';
import { validateClientMetrics, validateGroupConfigs } from '../config/alter-group.ts';
import { replaceTopicConfigs } from '../config/alter-topic.ts';
import { brokerConfigLayers } from '../config-layers.ts';
import { ResourceType } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { defineHandler } from './define.ts';
import { NO_FAILURE, resourceFailure } from './failures.ts';

type Resource = AlterConfigsRequest['resources'][number];

export const alterConfigsHandler = defineHandler(AlterConfigs, (request, { services }) => {
  const repeated = repeatedResources(request.resources);
  return {
    throttleTimeMs: 0,
    responses: request.resources.map((resource) => {
      const { resourceType, resourceName } = resource;
      const isRepeated = repeated.has(resourceKey(resource));
      return { resourceType, resourceName, ...replace(resource, isRepeated, request.validateOnly, services) };
    }),
  };
});

function replace(resource: Resource, isRepeated: boolean, validateOnly: boolean, services: Services) {
  try {
    if (isRepeated) throw invalidRequest('Each resource must appear at most once.');
    checkAlterations(resource.configs.map((config) => ({ ...config, configOperation: AlterOperation.SET })));
    const configs = new Map(resource.configs.map(({ name, value }) => [name, value ?? '']));
    const altered = replacedConfigs(resource, configs, services);
    if (resource.resourceType === ResourceType.TOPIC) checkTopicResource(resource, services);
    applyAltered(resource, altered, validateOnly, services);
    return NO_FAILURE;
  } catch (error) {
    return resourceFailure(error);
  }
}

/** @throws KafkaError or ConfigError with Kafka's code and text */
function replacedConfigs(resource: Resource, configs: ReadonlyMap<string, string>, services: Services): AlteredConfigs {
  const { resourceType, resourceName: name } = resource;
  const { metadata, nodeId, checkListeners } = services;
  const layers = brokerConfigLayers(services);
  switch (resourceType) {
    case ResourceType.TOPIC:
      return replaceTopicConfigs(metadata.configs(ResourceType.TOPIC, name), configs, layers);
    case ResourceType.BROKER:
      return replaceBrokerConfigs(name, configs, {
        nodeId,
        layers,
        checkListeners,
        elrEnabled: isElrEnabled(services),
      });
    case ResourceType.GROUP:
      validateGroupConfigs(name, configs, layers);
      return replaceConfigs(metadata.configs(ResourceType.GROUP, name), configs);
    case ResourceType.CLIENT_METRICS:
      validateClientMetrics(name, configs);
      return replaceConfigs(metadata.configs(ResourceType.CLIENT_METRICS, name), configs);
    default:
      throw unknownResourceType(resource);
  }
}
