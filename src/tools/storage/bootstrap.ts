// What a new cluster begins with: the records, their text, and the checkpoint files that hold them (BootstrapMetadata,
// BootstrapDirectory, Formatter.writeDynamicQuorumSnapshot).
import { METADATA_VERSION } from '../../protocol/features.ts';
import { FeatureLevelRecord } from '../../protocol/state/metadata/feature-level-record.ts';
import { encodeMetadataRecord } from '../../protocol/state/metadata/framing.ts';
import { UserScramCredentialRecord } from '../../protocol/state/metadata/user-scram-credential-record.ts';
import { snapshotFooter, snapshotHeader } from '../../protocol/state/snapshot.ts';
import type { EffectiveLevels } from './levels.ts';
import type { Credential } from './scram.ts';
import type { InitialController } from './voters.ts';

const FEATURE_LEVEL = { type: 12, message: FeatureLevelRecord, version: 0 };
const CREDENTIAL = { type: 11, message: UserScramCredentialRecord, version: 0 };
const KRAFT_VERSION = 'kraft.version';

export interface Bootstrap {
  readonly metadataVersionLevel: number;
  /** What is finalized: metadata.version, then the others by name that are not 0. */
  readonly features: readonly { readonly name: string; readonly featureLevel: number }[];
  readonly credentials: readonly Credential[];
}

/** kraft.version is none of the records: the quorum keeps it. */
export function bootstrapOf(
  { metadataVersion, levels }: EffectiveLevels,
  credentials: readonly Credential[],
): Bootstrap {
  const others = [...levels]
    .filter(([name, level]) => name !== KRAFT_VERSION && level > 0)
    .map(([name, featureLevel]) => ({ name, featureLevel }));
  const features = [{ name: METADATA_VERSION, featureLevel: metadataVersion.level }, ...others];
  return { metadataVersionLevel: metadataVersion.level, features, credentials };
}

/** BootstrapMetadata.toString. */
export function bootstrapText({ metadataVersionLevel, features, credentials }: Bootstrap): string {
  const bytes = (buffer: Buffer) => `[${[...new Int8Array(buffer)].join(', ')}]`;
  const records = [
    ...features.map(({ name, featureLevel }) => `FeatureLevelRecord(name='${name}', featureLevel=${featureLevel})`),
    ...credentials.map(
      ({ name, mechanism, salt, storedKey, serverKey, iterations }) =>
        `UserScramCredentialRecord(name='${name}', mechanism=${mechanism}, salt=${bytes(salt)}, storedKey=${bytes(storedKey)}, serverKey=${bytes(serverKey)}, iterations=${iterations})`,
    ),
  ].map((record) => `ApiMessageAndVersion(${record} at version 0)`);
  return `BootstrapMetadata(records=[${records.join(', ')}], metadataVersionLevel=${metadataVersionLevel}, source=format command)`;
}

/** The framed records of `bootstrap.checkpoint`. */
export function bootstrapValues({ features, credentials }: Bootstrap): Buffer[] {
  return [
    ...features.map((feature) => encodeMetadataRecord(FEATURE_LEVEL, feature)),
    ...credentials.map((credential) => encodeMetadataRecord(CREDENTIAL, credential)),
  ];
}

/** Where a quorum that can change says who votes first: a snapshot before the log's first offset. */
export const VOTERS_CHECKPOINT = '__cluster_metadata-0/00000000000000000000-0000000000.checkpoint';
/** What kraft.version may be for a voter. */
const KRAFT_VERSIONS = { minSupportedVersion: 0, maxSupportedVersion: 1 };

/** The content of that snapshot. */
export function votersCheckpoint(
  controllers: readonly InitialController[],
  listener: string,
  kRaftVersion: number,
  nowMs: number,
): Buffer {
  const voters = controllers.map(({ nodeId, host, port, directoryId }) => ({
    voterId: nodeId,
    voterDirectoryId: directoryId,
    endpoints: [{ name: listener, host, port }],
    kRaftVersionFeature: KRAFT_VERSIONS,
  }));
  return Buffer.concat([
    snapshotHeader(nowMs, { timestampMs: nowMs, baseOffset: 0, leaderEpoch: 0 }, { kRaftVersion, voters }),
    snapshotFooter({ timestampMs: nowMs, baseOffset: 3, leaderEpoch: 0 }),
  ]);
}
