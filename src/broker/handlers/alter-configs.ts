// AlterConfigs, v0-2: replaces all configs of resources; superseded by IncrementalAlterConfigs, and still sent by clients.
// Follows ConfigAdminManager.preprocess and ConfigurationControlManager.legacyAlterConfigs.
import { AlterConfigs, type AlterConfigsRequest } from '../../protocol/messages/alter-configs.ts';
import { isElrEnabled, unknownResourceType } from '../alter-resource.ts';
import { type AlteredConfigs, AlterOperation, checkAlterations, replaceConfigs } from '../config/alter.ts';
import { replaceBrokerConfigs } from '../config/alter-broker.ts';
import { validateClientMetrics, validateGroupConfigs } from '../config/alter-group.ts';
import { replaceTopicConfigs } from '../config/alter-topic.ts';
import { brokerConfigLayers } from '../config-layers.ts';
import { ResourceType } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { alterEach } from './alter-each.ts';
import { defineHandler } from './define.ts';

type Resource = AlterConfigsRequest['resources'][number];

export const alterConfigsHandler = defineHandler(AlterConfigs, (request, { services }) =>
  alterEach(request, services, (resource) => {
    checkAlterations(resource.configs.map((config) => ({ ...config, configOperation: AlterOperation.SET })));
    const configs = new Map(resource.configs.map(({ name, value }) => [name, value ?? '']));
    return replacedConfigs(resource, configs, services);
  }),
);

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
