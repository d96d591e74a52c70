// DescribeConfigs, v1-4: the settings in force of topics, brokers, groups, client metrics subscriptions and loggers.
// v1: synonyms.  v3: types and documentation (KIP-569).
// Follows ConfigHelper.describeConfigs; what each resource has is in config/.
import { ErrorCode, KafkaError } from '../../protocol/errors.ts';
import { DescribeConfigs, type DescribeConfigsRequest } from '../../protocol/messages/describe-configs.ts';
import { isThisBroker } from '../config/broker-resource.ts';
import { describeBroker, describeDefaultBroker } from '../config/describe-broker.ts';
import { describeClientMetrics, describeGroup } from '../config/describe-group.ts';
import { describeTopic } from '../config/describe-topic.ts';
import { type ConfigEntry, selectEntries } from '../config/entries.ts';
import { brokerConfigLayers } from '../config-layers.ts';
import { ResourceType } from '../metadata/image.ts';
import type { Services } from '../services.ts';
import { checkTopicName } from '../topics/topic-name.ts';
import { defineHandler } from './define.ts';
import { resourceFailure } from './failures.ts';

type Resource = DescribeConfigsRequest['resources'][number];

export const describeConfigsHandler = defineHandler(DescribeConfigs, (request, { services }) => ({
  throttleTimeMs: 0,
  results: request.resources.map((resource) => {
    const { resourceType, resourceName, configurationKeys: names } = resource;
    return { resourceType, resourceName, ...describe(resource, { ...request, names }, services) };
  }),
}));

function describe(resource: Resource, options: Parameters<typeof selectEntries>[1], services: Services) {
  try {
    if (resource.resourceType === ResourceType.BROKER_LOGGER) {
      checkLoggerResource(resource.resourceName, services.nodeId);
      return {
        errorCode: ErrorCode.NONE,
        errorMessage: '',
        configs: services.loggers.describe(resource.configurationKeys),
      };
    }
    const configs = selectEntries(entriesOf(resource, services), options);
    return { errorCode: ErrorCode.NONE, errorMessage: '', configs };
  } catch (error) {
    return { ...resourceFailure(error), configs: [] };
  }
}

/** @throws KafkaError or ConfigError with Kafka's code and text */
function entriesOf({ resourceType, resourceName }: Resource, services: Services): ConfigEntry[] {
  const { metadata, nodeId } = services;
  const layers = brokerConfigLayers(services);
  switch (resourceType) {
    case ResourceType.TOPIC: {
      checkTopicName(resourceName);
      const topic = metadata.topic(resourceName);
      if (!topic) throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, '');
      return describeTopic(topic.configs, layers);
    }
    case ResourceType.BROKER:
      return isThisBroker(resourceName, nodeId, 'describe')
        ? describeBroker(layers)
        : describeDefaultBroker(layers.dynamicDefault);
    case ResourceType.CLIENT_METRICS:
      if (resourceName === '') throw invalid('Client metrics subscription name must not be empty');
      return describeClientMetrics(metadata.configs(ResourceType.CLIENT_METRICS, resourceName));
    case ResourceType.GROUP:
      if (resourceName === '') throw invalid('Group name must not be empty');
      return describeGroup(metadata.configs(ResourceType.GROUP, resourceName), layers);
    default:
      throw new KafkaError(ErrorCode.INVALID_REQUEST);
  }
}

/** @throws KafkaError INVALID_REQUEST */
function checkLoggerResource(resourceName: string, nodeId: number): void {
  if (resourceName === '') throw invalid('Broker id must not be empty');
  if (!/^[+-]?\d+$/.test(resourceName)) throw invalid(`Broker id must be an integer, but it is: ${resourceName}`);
  if (Number(resourceName) !== nodeId)
    throw invalid(`Unexpected broker id, expected ${nodeId} but received ${resourceName}`);
}

function invalid(message: string): KafkaError {
  return new KafkaError(ErrorCode.INVALID_REQUEST, message);
}
