// The metadata records of changes to configs, credentials and quotas.
import type { ResourceType } from './image.ts';
import type { ConfigChange, QuotaChange, ScramChange } from './metadata-store.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord } from './record-serde.ts';

/** @param resourceName of a broker its id, '' for the default of all brokers */
export function configRecord(resourceType: ResourceType, resourceName: string, { name, value }: ConfigChange): Buffer {
  return encodeMetadataRecord(Records.config, { resourceType, resourceName, name, value });
}

export function scramRecord({ user, mechanism, credential }: ScramChange): Buffer {
  return credential === null
    ? encodeMetadataRecord(Records.removeUserScramCredential, { name: user, mechanism })
    : encodeMetadataRecord(Records.userScramCredential, { name: user, mechanism, ...credential });
}

export function clientQuotaRecord({ entity, key, value }: QuotaChange): Buffer {
  return encodeMetadataRecord(Records.clientQuota, {
    entity: [...entity].map(([entityType, entityName]) => ({ entityType, entityName })),
    key,
    value: value ?? 0,
    remove: value === null,
  });
}
