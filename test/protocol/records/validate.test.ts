import { describe, expect, test } from 'vitest';
import { type BatchHeader, readBatchHeader } from '../../../src/protocol/records/batch.ts';
import { RecordError } from '../../../src/protocol/records/error.ts';
import { produceBatch, validateClientBatch } from '../../../src/protocol/records/validate.ts';
import { naiveBatch } from './naive-writer.ts';

const one = { key: null, value: Buffer.from('v') };
const good = naiveBatch({ records: [one, one] });

describe('the records of a Produce request', () => {
  test('one batch', () => {
    expect(produceBatch(good, 9)).toEqual(readBatchHeader(good));
  });

  test.each([
    ['none', null, 'Produce requests with version 9 must have at least one record batch per partition'],
    ['nothing', Buffer.alloc(0), 'Produce requests with version 9 must have at least one record batch per partition'],
    [
      'a partial batch',
      good.subarray(0, 65),
      'Produce requests with version 9 must have at least one record batch per partition',
    ],
    [
      'two batches',
      Buffer.concat([good, good]),
      'Produce requests with version 9 are only allowed to contain exactly one record batch per partition',
    ],
    ...[0, 1].map((magic): [string, Buffer, string] => [
      `magic ${magic}`,
      naiveBatch({ magic }),
      'Produce requests with version 9 are only allowed to contain record batches with magic version 2',
    ]),
  ])('%s', (_, records, message) => {
    expect(() => produceBatch(records, 9)).toThrow(new RecordError('invalid', message));
  });

  test('zstd, which came with version 7', () => {
    const zstd = naiveBatch({ attributes: 4, count: 1 });
    const text = 'Produce requests with version 6 are not allowed to use ZStandard compression';
    expect(() => produceBatch(zstd, 6)).toThrow(new RecordError('unsupported-compression', text));
    expect(produceBatch(zstd, 7).count).toBe(1);
  });

  test('a codec that does not exist', () => {
    const text = 'Unknown compression type id: 6';
    expect(() => produceBatch(naiveBatch({ attributes: 6 }), 9)).toThrow(
      new RecordError('unsupported-compression', text),
    );
  });
});

describe('a batch from a client', () => {
  const header = readBatchHeader(good);

  test('is accepted with and without a producer', () => {
    validateClientBatch(header, 'orders-0');
    validateClientBatch({ ...header, producerId: 0, producerEpoch: 0, baseSequence: 0 }, 'orders-0');
  });

  test.each<[Partial<BatchHeader>, string]>([
    [{ lastOffsetDelta: -1 }, 'Batch has an invalid offset range: [0, -1] in topic partition orders-0'],
    [{ count: 0 }, 'Invalid reported count for record batch: 0 in topic partition orders-0'],
    [{ count: -3 }, 'Invalid reported count for record batch: -3 in topic partition orders-0'],
    [{ count: 3 }, 'Inconsistent batch offset range [0, 1] and count of records 3 in topic partition orders-0'],
    [{ attributes: 0x20 }, 'Clients are not allowed to write control records in topic partition orders-0'],
    [{ producerId: 7 }, 'Invalid sequence number -1 in record batch with producerId 7 in topic partition orders-0'],
  ])('is refused with %o', (wrong, message) => {
    expect(() => validateClientBatch({ ...header, ...wrong }, 'orders-0')).toThrow(new RecordError('invalid', message));
  });
});
