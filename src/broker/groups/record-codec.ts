// Keys and values of the records of `__consumer_offsets` as the new kinds of groups write them: all in version 0.
import { decode, encode } from '../../protocol/codec.ts';
import { Reader } from '../../protocol/reader.ts';
import type { EncodableMessage, Message } from '../../protocol/schema.ts';
import { Writer } from '../../protocol/writer.ts';

/** A record's value, in the version that it begins with. @throws DecodeError on damaged bytes */
export function readValue<M extends Message>(message: M, value: Buffer): ReturnType<typeof decode<M>> {
  const reader = new Reader(Buffer.from(value));
  return decode(message, reader.int16(), reader);
}

export function valueBytes<M extends Message>(message: M, value: EncodableMessage<M>): Buffer {
  return prefixed(0, message, value);
}

/** In version 0, after the type of a key or the version of a value. */
export function prefixed<M extends Message>(prefix: number, message: M, value: EncodableMessage<M>): Buffer {
  const writer = new Writer();
  writer.int16(prefix);
  encode(message, 0, writer, value);
  return Buffer.concat(writer.finish());
}
