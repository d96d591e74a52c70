// Kafka writes a UUID as the 22 characters of its 16 bytes in unpadded base64url (org.apache.kafka.common.Uuid).

/** All zero bytes: "no id". */
export const ZERO_UUID = 'AAAAAAAAAAAAAAAAAAAAAA';
/** Uuid.ONE_UUID, the id that Kafka reserves for the metadata topic. */
export const METADATA_TOPIC_UUID = 'AAAAAAAAAAAAAAAAAAAAAQ';

/** A new random (version 4) id; like Kafka's, never one of the reserved ones and never starting with `-`, so that it can follow an option. */
export function randomUuid(): string {
  // Loaded here, since every client needs this file, and hardly one a new id: it takes 5 ms.
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  for (;;) {
    const bytes = randomBytes(16);
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const text = uuidFromBytes(bytes, 0);
    if (!text.startsWith('-')) return text;
  }
}

/** The text of the 16 bytes at `pos`. */
export function uuidFromBytes(buf: Buffer, pos: number): string {
  return buf.toString('base64url', pos, pos + 16);
}

/**
 * The 16 bytes of a UUID's text.
 * @throws Error if the text is not 22 base64url characters
 */
export function uuidToBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== 16)
    throw new Error(
      `Input string \`${text}\` decoded as ${bytes.length} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`,
    );
  return bytes;
}

/** True for a text that `uuidToBytes` takes. */
export function isUuid(text: string): boolean {
  return /^[\w-]{22}$/.test(text) && Buffer.from(text, 'base64url').length === 16;
}
