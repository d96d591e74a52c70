import type { BrokerCore } from './broker-core.ts';
import type { BrokerConfigLayers } from './config/layers.ts';
import { ResourceType } from './metadata/image.ts';

/** Where this broker's configuration values come from now. */
export function brokerConfigLayers({
  nodeId,
  config,
  metadata,
}: Pick<BrokerCore, 'nodeId' | 'config' | 'metadata'>): BrokerConfigLayers {
  return {
    given: config.given,
    dynamicDefault: metadata.configs(ResourceType.BROKER, ''),
    dynamicBroker: metadata.configs(ResourceType.BROKER, String(nodeId)),
  };
}
