import type { BrokerConfig } from '../config/broker-config.ts';
import type { QuotaWindows } from './sampled-rate.ts';

/** quota.window.num and quota.window.size.seconds. */
export function clientWindows(config: BrokerConfig): QuotaWindows {
  return { count: config.quotaWindowNum, lengthMs: config.quotaWindowSizeSeconds * 1000 };
}

/** controller.quota.window.num and controller.quota.window.size.seconds. */
export function controllerWindows(config: BrokerConfig): QuotaWindows {
  return { count: config.controllerQuotaWindowNum, lengthMs: config.controllerQuotaWindowSizeSeconds * 1000 };
}
