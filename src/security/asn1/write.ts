// Writing DER: each function gives the bytes of one node.
import { context, Tag } from './der.ts';

/** A node of any tag. */
export function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...nodes: readonly Buffer[]): Buffer => der(Tag.SEQUENCE, ...nodes);
export const set = (...nodes: readonly Buffer[]): Buffer => der(Tag.SET, ...nodes);
export const explicit = (n: number, node: Buffer): Buffer => der(context(n), node);
export const octets = (bytes: Buffer): Buffer => der(Tag.OCTET_STRING, bytes);
export const nothing = (): Buffer => der(Tag.NULL);
export const boolean = (value: boolean): Buffer => der(Tag.BOOLEAN, Buffer.from([value ? 0xff : 0]));
export const utf8 = (text: string): Buffer => der(Tag.UTF8_STRING, Buffer.from(text));

/** BMPString: text in UTF-16 with the high byte first. */
export const bmp = (text: string): Buffer => der(Tag.BMP_STRING, Buffer.from(text, 'utf16le').swap16());

/** @param unused how many bits of the last byte do not count */
export const bits = (bytes: Buffer, unused = 0): Buffer => der(Tag.BIT_STRING, Buffer.from([unused]), bytes);

/** A number that is not negative, or its bytes with the high one first. */
export function integer(value: number | Buffer): Buffer {
  const bytes = typeof value === 'number' ? Buffer.from(hexOf(value), 'hex') : value;
  const sign = (bytes[0] ?? 0x80) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0);
  return der(Tag.INTEGER, sign, bytes);
}

function hexOf(value: number): string {
  const hex = value.toString(16);
  return hex.length % 2 === 0 ? hex : `0${hex}`;
}

export function oid(text: string): Buffer {
  const [top = 0, second = 0, ...rest] = text.split('.').map(Number);
  return der(Tag.OID, Buffer.from([top * 40 + second, ...rest].flatMap(base128)));
}

function base128(arc: number): number[] {
  const bytes = [arc % 128];
  for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) bytes.unshift(0x80 | (rest % 128));
  return bytes;
}

/** UTCTime until 2049, GeneralizedTime after it, as certificates want it (RFC 5280). */
export function time(ms: number): Buffer {
  const text = `${new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')}`;
  return new Date(ms).getUTCFullYear() < 2050
    ? der(Tag.UTC_TIME, Buffer.from(text.slice(2)))
    : der(Tag.GENERALIZED_TIME, Buffer.from(text));
}
