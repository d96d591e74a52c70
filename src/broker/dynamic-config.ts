import { type BrokerConfig, withDynamicConfigs } from './config/broker-config.ts';
import { ResourceType } from './metadata/image.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';

/**
 * The configuration in force (KIP-226): what the broker was started with, the cluster-wide dynamic values over it, this
 * broker's own dynamic values over both. The function returned is cheap; it computes anew only after a change.
 */
export function configInForce(config: BrokerConfig, metadata: MetadataStore): () => BrokerConfig {
  let current: BrokerConfig | undefined;
  metadata.onChange((change) => {
    if (change.kind === 'configs' && change.type === ResourceType.BROKER) current = undefined;
  });
  const compute = () =>
    withDynamicConfigs(
      config,
      metadata.configs(ResourceType.BROKER, ''),
      metadata.configs(ResourceType.BROKER, String(config.nodeId)),
    );
  return () => (current ??= compute());
}
