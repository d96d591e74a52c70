// The records of `__share_group_state` (ShareCoordinatorRecordHelpers): snapshots, updates between them, tombstones.
import { decode } from '../../../protocol/codec.ts';
import { Reader } from '../../../protocol/reader.ts';
import { ShareSnapshotKey, ShareSnapshotValue } from '../../../protocol/state/share/share-snapshot.ts';
import { ShareUpdateKey, ShareUpdateValue } from '../../../protocol/state/share/share-update.ts';
import { prefixed, readValue, valueBytes } from '../../groups/record-codec.ts';
import type { StateRecord } from '../../topics/state-topic.ts';
import type { SharePartitionKey, ShareState } from './share-state.ts';

const SNAPSHOT = 0;
const UPDATE = 1;

/** What happened between two snapshots; of the fields that an update lacks nothing is said. */
export type ShareUpdate = Pick<
  ShareState,
  'snapshotEpoch' | 'leaderEpoch' | 'startOffset' | 'deliveryCompleteCount' | 'stateBatches'
>;

export type ShareRecord =
  | { readonly kind: 'snapshot'; readonly key: SharePartitionKey; readonly state: ShareState }
  | { readonly kind: 'update'; readonly key: SharePartitionKey; readonly update: ShareUpdate }
  | { readonly kind: 'tombstone'; readonly key: SharePartitionKey };

export function bytesOf(record: ShareRecord): StateRecord {
  const { groupId, topicId, partition } = record.key;
  const key = { groupId, topicId, partition };
  switch (record.kind) {
    case 'snapshot': {
      const value = valueBytes(ShareSnapshotValue, { ...record.state, stateBatches: [...record.state.stateBatches] });
      return { key: prefixed(SNAPSHOT, ShareSnapshotKey, key), value };
    }
    case 'update': {
      const value = valueBytes(ShareUpdateValue, { ...record.update, stateBatches: [...record.update.stateBatches] });
      return { key: prefixed(UPDATE, ShareUpdateKey, key), value };
    }
    case 'tombstone':
      return { key: prefixed(SNAPSHOT, ShareSnapshotKey, key), value: null };
  }
}

/** What a record says; undefined for one of another kind. @throws DecodeError on damaged bytes */
export function readShareRecord(keyBytes: Buffer, value: Buffer | null): ShareRecord | undefined {
  const reader = new Reader(Buffer.from(keyBytes));
  const kind = reader.int16();
  if (kind === SNAPSHOT) {
    const key = decode(ShareSnapshotKey, 0, reader);
    return value === null
      ? { kind: 'tombstone', key }
      : { kind: 'snapshot', key, state: readValue(ShareSnapshotValue, value) };
  }
  if (kind !== UPDATE || value === null) return undefined;
  return { kind: 'update', key: decode(ShareUpdateKey, 0, reader), update: readValue(ShareUpdateValue, value) };
}
