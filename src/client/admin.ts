// The admin client.
import { AdminApi } from './admin/api.ts';
import type { Admin } from './admin/operations.ts';
import { Cluster, type ClusterOptions } from './cluster.ts';
import { adminSettings } from './settings/admin.ts';

export type { Admin } from './admin/operations.ts';
export * from './admin/types.ts';

/**
 * An admin client for a cluster.
 * @param properties settings by Kafka's names, as in a --command-config file
 * @throws ConfigError for a setting with an impossible value
 * @throws ClientCreationError `Failed to create new KafkaAdminClient` for addresses that are none or do not resolve
 */
export async function createAdmin(
  properties: Readonly<Record<string, string>>,
  options: ClusterOptions = {},
): Promise<Admin> {
  const settings = adminSettings(properties, options.logger);
  const message = 'Failed to create new KafkaAdminClient';
  const cluster = await Cluster.create(settings, options.kind ?? 'AdminClient', options, message);
  return new AdminApi(cluster);
}
