// How KRaft frames a metadata record in a record's value (MetadataRecordSerde): frame version, record type and record
// version as unsigned varints, then the record itself.
import { encode } from '../../codec.ts';
import type { Encodable, Fields, Message } from '../../schema.ts';
import { Writer } from '../../writer.ts';

export const FRAME_VERSION = 1;

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
