// What share groups have set for themselves, over what the broker has for all (GroupConfig, ShareGroupConfigProvider).
import type { BrokerConfig } from '../config/broker-config.ts';
import { ResourceType } from '../metadata/image.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import type { DeliverySettings } from './partition/in-flight.ts';

export interface ShareGroupConfig extends DeliverySettings {
  /** latest, earliest or by_duration:<ISO 8601 duration>. */
  readonly autoOffsetReset: string;
  readonly readCommitted: boolean;
}

interface Parts {
  readonly metadata: MetadataStore;
  config(): BrokerConfig;
}

/** The configuration of a group; each look at a setting tells what is in force then. */
export function shareGroupConfig({ metadata, config }: Parts, groupId: string): ShareGroupConfig {
  const own = (name: string) => metadata.configs(ResourceType.GROUP, groupId).get(name);
  const number = (name: string, inherited: number) => Number(own(name) ?? inherited);
  return {
    get deliveryCountLimit() {
      return number('share.delivery.count.limit', config().groupShareDeliveryCountLimit);
    },
    get recordLockDurationMs() {
      return number('share.record.lock.duration.ms', config().groupShareRecordLockDurationMs);
    },
    get maxRecordLocks() {
      return number('share.partition.max.record.locks', config().groupSharePartitionMaxRecordLocks);
    },
    get renewEnabled() {
      return own('share.renew.acknowledge.enable')?.trim().toLowerCase() !== 'false';
    },
    get autoOffsetReset() {
      return own('share.auto.offset.reset') ?? 'latest';
    },
    get readCommitted() {
      return own('share.isolation.level') === 'read_committed';
    },
  };
}

const DURATION = /^by_duration:P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** Milliseconds of a reset by duration; undefined for another kind. */
export function resetDurationMs(autoOffsetReset: string): number | undefined {
  const match = DURATION.exec(autoOffsetReset);
  if (!match) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return Math.floor((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}
