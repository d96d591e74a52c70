// What consumers put into JoinGroup and SyncGroup, written byte by byte beside the code under test.

function text(value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeInt16BE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const VERSION_1 = Buffer.from([0, 1]);
const NO_USER_DATA = int32(-1);

function partitionsOf(topic: string, partitions: readonly number[]): Buffer {
  if (partitions.length === 0) return int32(0);
  return Buffer.concat([int32(1), text(topic), int32(partitions.length), ...partitions.map(int32)]);
}

/** ConsumerProtocolSubscription version 1, of one topic. */
export function subscription(topic: string, owned: readonly number[] = []): Buffer {
  return Buffer.concat([VERSION_1, int32(1), text(topic), NO_USER_DATA, partitionsOf(topic, owned)]);
}

/** ConsumerProtocolAssignment version 1, of one topic. */
export function assignment(topic: string, partitions: readonly number[], userData: Buffer | null = null): Buffer {
  const data = userData === null ? NO_USER_DATA : Buffer.concat([int32(userData.length), userData]);
  return Buffer.concat([VERSION_1, partitionsOf(topic, partitions), data]);
}

/** The partitions of the one topic in an assignment; those owned in a subscription too, after its own topics. */
export function assigned(bytes: Buffer): number[] {
  return bytes.length === 0 ? [] : readPartitions(bytes, 2);
}

export function ownedIn(bytes: Buffer): number[] {
  const topicLength = bytes.readInt16BE(6);
  return readPartitions(bytes, 2 + 4 + 2 + topicLength + 4);
}

function readPartitions(bytes: Buffer, pos: number): number[] {
  if (bytes.readInt32BE(pos) === 0) return [];
  const start = pos + 4 + 2 + bytes.readInt16BE(pos + 4);
  return Array.from({ length: bytes.readInt32BE(start) }, (_, i) => bytes.readInt32BE(start + 4 + 4 * i));
}
