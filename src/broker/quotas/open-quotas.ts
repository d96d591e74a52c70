import type { Clock } from '../../util/clock.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import type { AddressRates } from '../network/address-rates.ts';
import { ClientQuotas } from './client-quotas.ts';
import { clientWindows, controllerWindows } from './windows.ts';

interface Parts {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly metadata: MetadataStore;
  readonly rates: AddressRates;
}

/** The quotas that the metadata has, from now on also those of addresses. */
export function openQuotas({ config, clock, metadata, rates }: Parts): ClientQuotas {
  void rates.setQuotas(metadata.clientQuotas);
  metadata.onChange(({ kind }) => {
    if (kind === 'quotas') void rates.setQuotas(metadata.clientQuotas);
  });
  const windows = clientWindows(config);
  return new ClientQuotas({ metadata, clock, windows, controllerWindows: controllerWindows(config) });
}
