import { JavaException } from '../java-exception.ts';
import type { FormatterLog } from './formatter.ts';

/**
 * Text of a key, a value or a header: what toString() gives of the object that Kafka's deserializer makes of the bytes.
 * @throws JavaException with Kafka's text for bytes that are none of its kind
 */
export interface Deserialize {
  (bytes: Buffer): string | Buffer;
  /** It is not asked for null; Kafka's own get the null literal. */
  readonly leavesNull?: true;
}

/** What a deserializer is configured with. */
export interface DeserializerSettings {
  /** Its own properties, without the prefix `key.deserializer.`. */
  readonly properties: ReadonlyMap<string, string>;
  readonly isKey: boolean;
  readonly log: FormatterLog;
}

/** @throws JavaException for properties that it cannot work with */
export type MakeDeserializer = (settings: DeserializerSettings) => Deserialize;

export const badData = (message: string): JavaException =>
  new JavaException('org.apache.kafka.common.errors.SerializationException', message);

/** A setting's value that is none, in the words of Kafka's ConfigException. */
export const badSetting = (name: string, value: string, message: string): JavaException =>
  new JavaException(
    'org.apache.kafka.common.config.ConfigException',
    `Invalid value ${value} for configuration ${name}: ${message}`,
  );
