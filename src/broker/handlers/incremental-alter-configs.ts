// IncrementalAlterConfigs, v0-1 (KIP-339): sets, removes, appends to and subtracts from the configs of resources, each
// resource on its own.
// Follows ConfigAdminManager.preprocess and ConfigurationControlManager.incrementalAlterConfigs. Levels of loggers
// (KIP-412) are the broker's own: they end with it.
import {
  IncrementalAlterConfigs,
  type IncrementalAlterConfigsRequest,
} from '../../protocol/messages/incremental-alter-configs.ts';
import { invalidRequest, isElrEnabled, unknownResourceType } from '../alter-resource.ts';
import { type AlteredConfigs, checkAlterations } from '../config/alter.ts';
import { alterBrokerConfigs } from '../config/alter-broker.ts';
import { alterClientMetrics, alterGroupConfigs } from '../config/alter-group.ts';
import { alterTopicConfigs } from '../config/alter-topic.ts';
import { brokerConfigLayers } from '../config-layers.ts';
import { ResourceType } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { alterEach } from './alter-each.ts';
import { defineHandler } from './define.ts';

type Resource = IncrementalAlterConfigsRequest['resources'][number];

export const incrementalAlterConfigsHandler = defineHandler(
  IncrementalAlterConfigs,
  (request, { services, connection }) =>
    alterEach(request, services, (resource) => {
      checkAlterations(resource.configs);
      if (resource.resourceType !== ResourceType.BROKER_LOGGER)
        return alteredConfigs(resource, services, connection.isController);
      checkNode(resource, services.nodeId);
      services.loggers.alter(resource.configs, request.validateOnly);
      return undefined;
    }),
);

/** @throws KafkaError or ConfigError with Kafka's code and text */
function alteredConfigs(resource: Resource, services: Services, viaController: boolean): AlteredConfigs {
  const { resourceType, resourceName: name, configs } = resource;
  const { metadata, nodeId, checkListeners } = services;
  const layers = brokerConfigLayers(services);
  switch (resourceType) {
    case ResourceType.TOPIC:
      return alterTopicConfigs(metadata.configs(ResourceType.TOPIC, name), configs, layers);
    case ResourceType.BROKER:
      return alterBrokerConfigs(name, configs, {
        nodeId,
        layers,
        checkListeners,
        elrEnabled: isElrEnabled(services),
        viaController,
      });
    case ResourceType.GROUP:
      return alterGroupConfigs(name, metadata.configs(ResourceType.GROUP, name), configs, layers);
    case ResourceType.CLIENT_METRICS:
      return alterClientMetrics(name, metadata.configs(ResourceType.CLIENT_METRICS, name), configs);
    default:
      throw unknownResourceType(resource);
  }
}

/** @throws KafkaError INVALID_REQUEST, as RuntimeLoggerManager */
function checkNode({ resourceName }: Resource, nodeId: number): void {
  if (!/^[+-]?\d+$/.test(resourceName)) throw invalidRequest(`Node id must be an integer, but it is: ${resourceName}`);
  if (Number(resourceName) !== nodeId)
    throw invalidRequest(`Unexpected node id. Expected ${nodeId}, but received ${resourceName}`);
}
