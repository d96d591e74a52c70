// The records of an internal topic by the type number that its key begins with (CoordinatorRecordType).
import type { Message } from '../../schema.ts';
import { ShareSnapshotKey, ShareSnapshotValue } from './share-snapshot.ts';
import { ShareUpdateKey, ShareUpdateValue } from './share-update.ts';

export const shareRecords: ReadonlyMap<number, { readonly key: Message; readonly value: Message }> = new Map<
  number,
  { key: Message; value: Message }
>([
  [0, { key: ShareSnapshotKey, value: ShareSnapshotValue }],
  [1, { key: ShareUpdateKey, value: ShareUpdateValue }],
]);
