// Settings of the admin client (org.apache.kafka.clients.admin.AdminClientConfig).
import type { Logger } from '../../util/logger.ts';
import { checkPlugins } from './checked.ts';
import {
  backoffFields,
  bufferFields,
  type ClusterSettings,
  connectFields,
  fields,
  metricsFields,
  provided,
  providerFields,
  reconciled,
  recoveryFields,
} from './common.ts';
import { int, list, parseSettings } from './define.ts';
import { securityFields } from './security.ts';

const INT_MAX = 2 ** 31 - 1;

const { requestTimeoutMs, defaultApiTimeoutMs, dnsLookup, clientId, metadataMaxAgeMs } = fields;
const adminFields = {
  bootstrapServers: list('bootstrap.servers', []),
  bootstrapControllers: list('bootstrap.controllers', []),
  clientId,
  metadataMaxAgeMs,
  ...bufferFields,
  ...backoffFields,
  requestTimeoutMs,
  ...connectFields,
  retries: int('retries', INT_MAX, { min: 0, max: INT_MAX }),
  defaultApiTimeoutMs,
  ...metricsFields,
  dnsLookup,
  ...securityFields,
  ...recoveryFields,
  ...providerFields,
} as const;

/** Keys that it does not know are ignored. @throws ConfigError, ClientCreationError for what the client itself refuses */
export function adminSettings(written: Readonly<Record<string, string>>, logger?: Logger): ClusterSettings {
  const properties = provided(written);
  const settings = reconciled(parseSettings(adminFields, properties, logger), properties, logger);
  checkPlugins(settings.metricReporters, 'Failed to create new KafkaAdminClient');
  return settings;
}
