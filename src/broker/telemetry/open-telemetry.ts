import { nodeFiles } from '../../log/files.ts';
import type { Clock } from '../../util/clock.ts';
import type { Logger } from '../../util/logger.ts';
import type { BrokerConfig } from '../config/broker-config.ts';
import { ResourceType } from '../metadata/image.ts';
import type { MetadataStore } from '../metadata/metadata-store.ts';
import { ClientTelemetry, type TelemetrySink } from './client-telemetry.ts';
import { TELEMETRY_FILE } from './telemetry-file.ts';

interface Parts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metadata: MetadataStore;
  config(): BrokerConfig;
}

/** Telemetry goes to a file of the machine, also from a broker in memory. */
export function openTelemetry({ clock, logger, metadata, config }: Parts): ClientTelemetry {
  const file = config().given.get(TELEMETRY_FILE);
  let version = 0;
  metadata.onChange((change) => {
    if (change.kind === 'configs' && change.type === ResourceType.CLIENT_METRICS) version++;
  });
  return new ClientTelemetry({
    clock,
    logger,
    resources: () =>
      [...metadata.resourcesWithConfigs(ResourceType.CLIENT_METRICS)].map((name) =>
        metadata.configs(ResourceType.CLIENT_METRICS, name),
      ),
    version: () => version,
    maxBytes: () => config().telemetryMaxBytes,
    sink: file === undefined || file === '' ? undefined : appendTo(file),
  });
}

/** Opened for each push, so that the file can be moved away. */
function appendTo(file: string): TelemetrySink {
  return (lines) => {
    const open = nodeFiles.open(file, { create: true });
    try {
      open.write(Buffer.from(lines), open.size());
    } finally {
      open.close();
    }
  };
}
