import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/protocol/codec.ts';
import { decodeResponse, encodeRequest } from '../../src/protocol/headers.ts';
import { Metadata } from '../../src/protocol/messages/metadata.ts';
import { OffsetFetch } from '../../src/protocol/messages/offset-fetch.ts';
import { DecodeError, Reader } from '../../src/protocol/reader.ts';
import { bytes, int32, message, string, struct } from '../../src/protocol/schema.ts';
import { Writer } from '../../src/protocol/writer.ts';

const hex = (parts: readonly Buffer[]) => Buffer.concat(parts).toString('hex');

describe('codec', () => {
  it('writes a classic request as Kafka lays it out', () => {
    const frame = encodeRequest(Metadata, 1, { correlationId: 7, clientId: 'me' }, { topics: [{ name: 'ab' }] });
    // size, key 3, version 1, correlation id, client id, one topic
    expect(hex(frame)).toBe(`00000014${'0003'}${'0001'}${'00000007'}${'00026d65'}${'00000001'}${'00026162'}`);
  });

  it('writes a flexible request with compact types and empty tag sections', () => {
    const frame = encodeRequest(Metadata, 12, { correlationId: 7, clientId: null }, { topics: null });
    // header v2 ends in a tag section; null topics = 0; auto-create, topic operations; tag section
    expect(hex(frame)).toBe(`0000000f${'0003'}${'000c'}${'00000007'}${'ffff'}00${'00'}${'01'}${'00'}00`);
  });

  const Tagged = message({
    name: 'Tagged',
    versions: [0, 1],
    flexible: 1,
    fields: { id: int32, note: string.since(1).nullable().default(null).tag(3), blob: bytes.since(1).tag(1) },
  });

  it('keeps tagged fields that it does not know, in order, and writes them again', () => {
    // id, three tags: 1 (bytes 'A'), 3 ('z'), 9 (unknown)
    const body = Buffer.from(`00000005${'03'}${'01020241'}${'0302027a'}${'0901ff'}`, 'hex');
    const value = decode(Tagged, 1, new Reader(body));
    expect(value).toEqual({
      id: 5,
      note: 'z',
      blob: Buffer.from('A'),
      unknownTaggedFields: [{ tag: 9, data: Buffer.from([0xff]) }],
    });
    const writer = new Writer();
    encode(Tagged, 1, writer, value);
    expect(hex(writer.finish())).toBe(body.toString('hex'));
  });

  it('leaves out a tagged field that has its default', () => {
    const writer = new Writer();
    encode(Tagged, 1, writer, { id: 1 });
    expect(hex(writer.finish())).toBe('0000000100');
  });

  it('decodes what a version lacks to its default', () => {
    const { body } = decodeResponse(Metadata, 0, Buffer.from('000000070000000000000000', 'hex'));
    expect(body).toMatchObject({ controllerId: -1, clusterId: null, brokers: [], topics: [] });
  });

  it('refuses short frames, null where none may be, and claims beyond the frame', () => {
    const attempt = (text: string) => () => decode(Tagged, 1, new Reader(Buffer.from(text, 'hex')));
    expect(attempt('0000')).toThrow(DecodeError);
    expect(attempt('00000001010905')).toThrow('tagged field of');
    expect(attempt('0000000101ffffffffffffffffff')).toThrow('varint');
    expect(() => decode(Metadata.request, 0, new Reader(Buffer.from('7fffffff', 'hex')))).toThrow('list of 2147483647');
    expect(decode(Metadata.request, 1, new Reader(Buffer.from('fffffffe', 'hex'))).topics).toBe(null);
    expect(decode(Metadata.request, 9, new Reader(Buffer.from('ffffffff0f01000000', 'hex'))).topics).toBe(null);
    expect(() => decode(Metadata.request, 0, new Reader(Buffer.from('00000001ffff', 'hex')))).toThrow(
      'non-nullable field MetadataRequest.topics[].name',
    );
  });

  it('counts the elements of all arrays, inner ones too', () => {
    const body = Buffer.from('000000020001610000000200000000000000010001620000000100000000', 'hex');
    const request = Buffer.concat([Buffer.from('000167', 'hex'), body]);
    const read = (most: number) => decode(OffsetFetch.request, 1, new Reader(request, 0, request.length, most));
    expect(read(5).topics).toHaveLength(2);
    expect(() => read(4)).toThrow('list of 1 elements, more than one request may have');
    // All topics, three flags, three tagged fields.
    const tagged = Buffer.from('0000000003630064006500', 'hex');
    const readTags = (most: number) => decode(Metadata.request, 9, new Reader(tagged, 0, tagged.length, most));
    expect(readTags(3).unknownTaggedFields).toHaveLength(3);
    expect(() => readTags(2)).toThrow('list of 3 elements, more than one request may have');
  });

  it('carries numbers of 64 bits exactly up to 2^53 and clamps what Java calls Long.MAX_VALUE', async () => {
    const { int64 } = await import('../../src/protocol/schema.ts');
    const Long = message({
      name: 'Long',
      versions: [0, 0],
      flexible: null,
      fields: { value: int64, inner: struct({ value: int64 }) },
    });
    for (const value of [0, 1, -1, 2 ** 32, -(2 ** 32) - 5, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
      const writer = new Writer();
      encode(Long, 0, writer, { value, inner: { value } });
      const wire = Buffer.concat(writer.finish());
      expect(wire.readBigInt64BE()).toBe(BigInt(value));
      expect(decode(Long, 0, new Reader(wire))).toEqual({ value, inner: { value } });
    }
    const writer = new Writer();
    encode(Long, 0, writer, { value: 2 ** 63, inner: { value: 0 } });
    expect(Buffer.concat(writer.finish()).readBigInt64BE()).toBe(2n ** 63n - 1n);
  });

  it('passes large byte fields on by reference, in order', () => {
    const large = Buffer.alloc(5000, 7);
    const writer = new Writer(16);
    encode(Tagged, 0, writer, { id: 1 });
    writer.nullableBytes([large, Buffer.from('x')]);
    writer.int32(2);
    const parts = writer.finish();
    expect(parts).toContain(large);
    expect(hex(parts)).toBe(`00000001${(5001).toString(16).padStart(8, '0')}${large.toString('hex')}7800000002`);
  });
});
