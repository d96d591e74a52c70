import type { RecordHeader } from '../../protocol/records/record.ts';
import { splitLikeJava } from '../../util/java-regex/java-regex.ts';
import { JavaException } from '../java-exception.ts';
import { javaPattern } from '../java-pattern.ts';

/** What one line of input becomes. */
export interface LineRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly RecordHeader[];
}

/** Makes records of lines: org.apache.kafka.tools.LineMessageReader. */
export interface LineReader {
  /** Whether a line is the value as it stands, so that `read` need not be called. */
  readonly plain: boolean;
  /**
   * Undefined for a line that is left out.
   * @throws JavaException with Kafka's text for a line that lacks a separator
   */
  read(line: Buffer, lineNumber: number): LineRecord | undefined;
}

const NO_HEADERS: readonly RecordHeader[] = [];

interface Settings {
  readonly parseKey: boolean;
  readonly keySeparator: string;
  readonly parseHeaders: boolean;
  readonly headersDelimiter: string;
  readonly headersSeparator: RegExp;
  readonly headersKeySeparator: string;
  readonly ignoreError: boolean;
  readonly nullMarker: string | undefined;
}

/**
 * The line reader that these properties describe: parse.key, key.separator, parse.headers, headers.delimiter,
 * headers.separator (a regular expression), headers.key.separator, ignore.error, null.marker. Booleans are `true` in any
 * case, everything else is false.
 * @throws JavaException if two separators, or a separator and the null marker, are equal
 */
export function lineReader(properties: ReadonlyMap<string, string>): LineReader {
  const settings = readSettings(properties);
  const { parseKey, parseHeaders, nullMarker } = settings;
  const marker = nullMarker === undefined ? undefined : Buffer.from(nullMarker);
  const keySeparator = Buffer.from(settings.keySeparator);
  const headersDelimiter = Buffer.from(settings.headersDelimiter);
  const unlessMarked = (field: Buffer) => (marker?.equals(field) ? null : field);
  return {
    plain: !parseKey && !parseHeaders && nullMarker === undefined,
    read(line, lineNumber) {
      const part = (separator: Buffer, from: number, name: string) => {
        const end = line.indexOf(separator, from);
        if (end >= 0) return line.subarray(from, end);
        if (settings.ignoreError) return undefined;
        throw badLine(`No ${name} found on line number ${lineNumber}: '${line.toString()}'`);
      };
      const headers = parseHeaders ? part(headersDelimiter, 0, 'headers delimiter') : undefined;
      const keyStart = headers ? headers.length + headersDelimiter.length : 0;
      const key = parseKey ? part(keySeparator, keyStart, 'key separator') : undefined;
      const valueStart = key ? keyStart + key.length + keySeparator.length : keyStart;
      return {
        key: key ? unlessMarked(key) : null,
        value: unlessMarked(line.subarray(valueStart)),
        headers: headers && unlessMarked(headers) ? splitHeaders(headers.toString(), lineNumber, settings) : NO_HEADERS,
      };
    },
  };
}

function readSettings(properties: ReadonlyMap<string, string>): Settings {
  const text = (name: string, fallback: string) => properties.get(name) ?? fallback;
  const isTrue = (name: string) => properties.get(name)?.trim().toLowerCase() === 'true';
  const separators = {
    'key.separator': text('key.separator', '\t'),
    'headers.separator': text('headers.separator', ','),
    'headers.delimiter': text('headers.delimiter', '\t'),
    'headers.key.separator': text('headers.key.separator', ':'),
  };
  const nullMarker = properties.get('null.marker');
  checkDifferent(separators, nullMarker);
  return {
    parseKey: isTrue('parse.key'),
    keySeparator: separators['key.separator'],
    parseHeaders: isTrue('parse.headers'),
    headersDelimiter: separators['headers.delimiter'],
    headersSeparator: javaPattern(separators['headers.separator']),
    headersKeySeparator: separators['headers.key.separator'],
    ignoreError: isTrue('ignore.error'),
    nullMarker,
  };
}

type Separator = 'key.separator' | 'headers.separator' | 'headers.delimiter' | 'headers.key.separator';

function checkDifferent(separators: Readonly<Record<Separator, string>>, nullMarker: string | undefined): void {
  const different = (one: Separator, other: Separator) => {
    if (separators[one] === separators[other]) throw badLine(`${one} and ${other} may not be equal`);
  };
  different('headers.delimiter', 'headers.separator');
  different('headers.delimiter', 'headers.key.separator');
  different('headers.separator', 'headers.key.separator');
  for (const [name, separator] of Object.entries(separators))
    if (separator === nullMarker) throw badLine(`null.marker and ${name} may not be equal`);
}

function splitHeaders(headers: string, lineNumber: number, settings: Settings): RecordHeader[] {
  return splitLikeJava(headers, settings.headersSeparator).map((pair) => {
    const end = pair.indexOf(settings.headersKeySeparator);
    if (end < 0) {
      if (settings.ignoreError) return { key: pair, value: null };
      throw badLine(`No header key separator found in pair '${pair}' on line number ${lineNumber}`);
    }
    const key = pair.slice(0, end);
    const value = pair.slice(end + settings.headersKeySeparator.length);
    if (key === settings.nullMarker) {
      throw badLine(`Header keys should not be equal to the null marker '${key}' as they can't be null`);
    }
    return { key, value: value === settings.nullMarker ? null : Buffer.from(value) };
  });
}

const badLine = (message: string) => new JavaException('org.apache.kafka.common.KafkaException', message);
