import { ConfigResourceType, type ConfigSource } from '../../client/admin.ts';

/** An entity type as on the command line, with its name; the empty name is the default entity of its type. */
export interface Entity {
  readonly type: string;
  readonly name: string;
}

/** The kinds of resources with configs: the number of their type, and where their own settings come from. */
export const RESOURCE_TYPES: Readonly<Record<string, { readonly id: number; readonly source?: ConfigSource }>> = {
  topics: { id: ConfigResourceType.TOPIC, source: 'DYNAMIC_TOPIC_CONFIG' },
  brokers: { id: ConfigResourceType.BROKER, source: 'DYNAMIC_BROKER_CONFIG' },
  'broker-loggers': { id: ConfigResourceType.BROKER_LOGGER },
  'client-metrics': { id: ConfigResourceType.CLIENT_METRICS, source: 'DYNAMIC_CLIENT_METRICS_CONFIG' },
  groups: { id: ConfigResourceType.GROUP, source: 'DYNAMIC_GROUP_CONFIG' },
};

/** The type in the singular as Kafka's script forms it: without the last letter, whatever that is. */
export const singular = (type: string): string => type.slice(0, -1);
