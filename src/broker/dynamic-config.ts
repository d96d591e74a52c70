import type { Logger } from '../util/logger.ts';
import { type BrokerConfig, withDynamicConfigs } from './config/broker-config.ts';
import { ConfigError } from './config/config-error.ts';
import { ResourceType } from './metadata/image.ts';
import type { MetadataStore } from './metadata/metadata-store.ts';

/**
 * The configuration in force (KIP-226): what the broker was started with, the cluster-wide dynamic values over it, this
 * broker's own dynamic values over both. The function returned is cheap; it computes anew only after a change.
 */
export function configInForce(config: BrokerConfig, metadata: MetadataStore, logger: Logger): () => BrokerConfig {
  let current: BrokerConfig | undefined;
  metadata.onChange((change) => {
    if (change.kind === 'configs' && change.type === ResourceType.BROKER) current = undefined;
  });
  let last = config;
  const compute = () => {
    const layer = (name: string) => metadata.configs(ResourceType.BROKER, name);
    try {
      last = withDynamicConfigs(config, layer(''), layer(String(config.nodeId)));
    } catch (error) {
      // They were good when they were altered: a file that one names has gone since. The broker goes on without, as Kafka's does.
      if (!(error instanceof ConfigError)) throw error;
      logger.error(`The dynamic configuration could not be applied: ${error.message}`);
    }
    return last;
  };
  return () => (current ??= compute());
}
