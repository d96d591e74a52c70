// A message's bytes at one version: the door to what codec-compiler.ts makes of its schema on first use.
import { type Codec, compile } from './codec-compiler.ts';
import type { Reader } from './reader.ts';
import type { DecodedMessage, EncodableMessage, Message } from './schema.ts';
import type { Writer } from './writer.ts';

const compiled = new WeakMap<Message, (Codec | undefined)[]>();

/**
 * The codec of a message at one version.
 * @throws RangeError if the message has no such version
 */
function codecFor(message: Message, version: number): Codec {
  const versions = compiled.get(message) ?? [];
  const known = versions[version];
  if (known) return known;
  const codec = compile(message, version);
  versions[version] = codec;
  compiled.set(message, versions);
  return codec;
}

/** Decodes a message at `version`; what the version lacks has its default. @throws DecodeError on a short or malformed frame */
export function decode<M extends Message>(message: M, version: number, reader: Reader): DecodedMessage<M> {
  return codecFor(message, version).read(reader) as DecodedMessage<M>;
}

/** Encodes a message at `version`; fields that the version lacks are left out. */
export function encode<M extends Message>(
  message: M,
  version: number,
  writer: Writer,
  value: EncodableMessage<M>,
): void {
  codecFor(message, version).write(writer, value);
}
