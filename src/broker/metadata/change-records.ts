// The metadata records of changes to credentials and quotas.
import type { QuotaChange, ScramChange } from './metadata-store.ts';
import { Records } from './record-kinds.ts';
import { encodeMetadataRecord } from './record-serde.ts';

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
