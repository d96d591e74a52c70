import { expect, test } from 'vitest';
import type { PrintableRecord } from '../../../src/tools/console-consumer/formatter.ts';
import { jsonFormatter } from '../../../src/tools/console-consumer/json-formatter.ts';
import { OutputBuffer } from '../../../src/tools/console-consumer/output-buffer.ts';

const record: PrintableRecord = {
  offset: 7,
  timestamp: 1_700_000_000_000,
  timestampType: 'CreateTime',
  key: Buffer.from('k"\n'),
  value: Buffer.from('größe'),
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'a', value: null },
  ],
};

function print(properties: Record<string, string>, each: PrintableRecord): unknown {
  const out = new OutputBuffer(4);
  jsonFormatter(new Map(Object.entries(properties)), () => {}).write(each, 3, out, 'orders');
  const line = out.take().toString();
  expect(line).toMatch(/^[^\n]*\n$/);
  return JSON.parse(line);
}

test('a record is one line with all that is known of it', () => {
  expect(print({}, record)).toEqual({
    topic: 'orders',
    partition: 3,
    offset: 7,
    timestamp: 1_700_000_000_000,
    timestampType: 'CreateTime',
    key: 'k"\n',
    value: 'größe',
    headers: [
      { key: 'a', value: '1' },
      { key: 'a', value: null },
    ],
  });
});

test('null is null, and what is no text is base64', () => {
  const binary = Buffer.from([0xff, 0x00]);
  expect(print({}, { ...record, key: null, value: binary, headers: [] })).toMatchObject({
    key: null,
    value: { base64: '/wA=' },
    headers: [],
  });
});

test('deserializers are applied', () => {
  const value = Buffer.alloc(8);
  value.writeBigInt64BE(42n);
  const properties = { 'value.deserializer': 'org.apache.kafka.common.serialization.LongDeserializer' };
  expect(print(properties, { ...record, value })).toMatchObject({ value: '42' });
});
