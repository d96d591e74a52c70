// A record of the metadata log as Kafka's tools read it (AbstractApiMessageSerde): frame version, type and version as varints, then
// the record.
import { decode } from '../protocol/codec.ts';
import type { Reader } from '../protocol/reader.ts';
import type { Message } from '../protocol/schema.ts';
import { metadataRecords } from '../protocol/state/metadata/index.ts';
import { ExactReader } from './exact-reader.ts';
import { JavaException } from './java-exception.ts';

const FRAME_VERSION = 1;
const MAX_SHORT = 2 ** 15 - 1;

export interface MetadataRecordRead {
  readonly schema: Message;
  /** As it says; what versions that are not known yet add stays unread. */
  readonly version: number;
  /** The newest version that is known, up to that. */
  readonly known: number;
  readonly data: unknown;
}

const unreadable = (message: string, options?: ErrorOptions): JavaException =>
  new JavaException('org.apache.kafka.server.common.serialization.MetadataParseException', message, options);

/** @throws JavaException for bytes that are no record */
export function readMetadataRecord(value: Buffer | null): MetadataRecordRead {
  const reader = new ExactReader(value ?? Buffer.alloc(0));
  const { type, version } = openFrame(reader);
  const schema = metadataRecords.get(type);
  if (!schema) throw unknownId(type);
  const known = Math.min(version, schema.versions[1]);
  const data = decoded(reader, { schema, known, type });
  if (reader.remaining > 0) throw unreadable(`Found ${reader.remaining} byte(s) of garbage after ${type}`);
  return { schema, version, known, data };
}

function unknownId(type: number): JavaException {
  const message = `Unknown metadata id ${type}`;
  const cause = new JavaException('org.apache.kafka.common.errors.UnsupportedVersionException', message);
  return unreadable(String(cause), { cause });
}

function decoded(reader: Reader, { schema, known, type }: { schema: Message; known: number; type: number }): unknown {
  try {
    return decode(schema, known, reader);
  } catch {
    throw unreadable(`Failed to deserialize record with type ${type}`);
  }
}

/** @throws JavaException for another frame than those there have been since Kafka 3.0 */
export function openFrame(reader: Reader): { type: number; version: number } {
  const frameVersion = shortIn(reader, 'frame version');
  if (frameVersion === 0)
    throw unreadable(
      'Could not deserialize metadata record with frame version 0. Note that upgrades from the preview release of KRaft in 2.8 to newer versions are not supported.',
    );
  if (frameVersion !== FRAME_VERSION)
    throw unreadable(
      `Could not deserialize metadata record due to unknown frame version ${frameVersion}(only frame version 1 is supported)`,
    );
  return { type: shortIn(reader, 'type'), version: shortIn(reader, 'version') };
}

function shortIn(reader: Reader, entity: string): number {
  let value: number;
  try {
    value = reader.uvarint();
  } catch {
    throw unreadable(`Error while reading ${entity}`);
  }
  if (value > MAX_SHORT) throw unreadable(`Value for ${entity} was too large.`);
  return value;
}
