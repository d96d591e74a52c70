// Settings of the admin client (org.apache.kafka.clients.admin.AdminClientConfig).
import { checkedFields } from './checked.ts';
import { type ClusterSettings, commonFields, provided, securityOf } from './common.ts';
import { int, parseSettings } from './define.ts';

const INT_MAX = 2 ** 31 - 1;

const adminFields = {
  ...commonFields,
  ...checkedFields,
  retries: int('retries', INT_MAX, { min: 0, max: INT_MAX }),
  defaultApiTimeoutMs: int('default.api.timeout.ms', 60_000, { min: 0 }),
} as const;

/** Keys that it does not know are ignored. @throws ConfigError */
export function adminSettings(written: Readonly<Record<string, string>>): ClusterSettings {
  const properties = provided(written);
  const settings = parseSettings(adminFields, properties);
  return { ...settings, security: securityOf(settings, properties) };
}
