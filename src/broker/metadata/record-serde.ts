// The framing of metadata records, read: see protocol/state/metadata/framing.ts for what is written.
import { decode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Decoded, Fields, Message } from '../../protocol/schema.ts';
import { FRAME_VERSION } from '../../protocol/state/metadata/framing.ts';

export { encodeMetadataRecord, type RecordKind } from '../../protocol/state/metadata/framing.ts';

/** A framed record whose head has been read. */
export interface FramedRecord {
  readonly type: number;
  readonly version: number;
  readonly body: Reader;
  /** With its head. */
  readonly value: Buffer;
}

/** @throws Error if the frame is of another version than Kafka 3 and 4 write */
export function openMetadataRecord(value: Buffer): FramedRecord {
  const body = new Reader(value);
  const frameVersion = body.uvarint();
  if (frameVersion !== FRAME_VERSION)
    throw new Error(`Could not deserialize metadata record with frame version ${frameVersion}.`);
  return { type: body.uvarint(), version: body.uvarint(), body, value };
}

/** The record behind the head. @throws RangeError if this ktool does not know the record's version */
export function readMetadataRecord<F extends Fields>(
  message: Message<F>,
  { version, body }: Pick<FramedRecord, 'version' | 'body'>,
): Decoded<F> {
  return decode(message as Message, version, body) as Decoded<F>;
}
