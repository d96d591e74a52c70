// How KRaft frames a metadata record in a record's value (MetadataRecordSerde): frame version, record type and record
// version as unsigned varints, then the record itself.
import { decode, encode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { Decoded, Encodable, Fields, Message } from '../../protocol/schema.ts';
import { Writer } from '../../protocol/writer.ts';

const FRAME_VERSION = 1;

/** A kind of metadata record, with the version that a 4.3 controller writes. */
export interface RecordKind<F extends Fields = Fields> {
  readonly type: number;
  readonly message: Message<F>;
  readonly version: number;
}

/** The value of a record of the metadata log. */
export function encodeMetadataRecord<F extends Fields>(kind: RecordKind<F>, record: Encodable<F>): Buffer {
  const writer = new Writer();
  writer.uvarint(FRAME_VERSION);
  writer.uvarint(kind.type);
  writer.uvarint(kind.version);
  encode(kind.message as Message, kind.version, writer, record as never);
  return Buffer.concat(writer.finish());
}

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
