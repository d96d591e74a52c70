// What a broker refuses in the batches of a Produce request before it looks at any record.
import { type BatchHeader, codecOf, FIELD, isControl, lastOffset } from './batch.ts';
import { codecName } from './compression.ts';
import { RecordError } from './error.ts';
import { batches } from './read.ts';

const ZSTD = 4;
const ZSTD_FROM_VERSION = 7;

/**
 * The one batch that a partition of a Produce request may bring (ProduceRequest.validateRecords, Produce v3 and newer).
 * @throws RecordError `invalid` for no batch, for several, and for magic 0 or 1; `unsupported-compression` for zstd
 *   before v7 (KIP-110) and for unknown codecs; `corrupt` for an impossible size or magic
 */
export function produceBatch(records: Buffer | null, apiVersion: number): BatchHeader {
  const where = `Produce requests with version ${apiVersion}`;
  const buf = records ?? Buffer.alloc(0);
  if (isOldFormat(buf)) {
    throw new RecordError('invalid', `${where} are only allowed to contain record batches with magic version 2`);
  }
  const iterator = batches(buf);
  const first = iterator.next().value;
  if (first === undefined)
    throw new RecordError('invalid', `${where} must have at least one record batch per partition`);
  const codec = codecOf(first.header.attributes);
  codecName(codec);
  if (codec === ZSTD && apiVersion < ZSTD_FROM_VERSION) {
    throw new RecordError('unsupported-compression', `${where} are not allowed to use ZStandard compression`);
  }
  if (iterator.next().done !== true) {
    throw new RecordError('invalid', `${where} are only allowed to contain exactly one record batch per partition`);
  }
  return first.header;
}

function isOldFormat(buf: Buffer): boolean {
  if (buf.length <= FIELD.magic) return false;
  const magic = buf.readInt8(FIELD.magic);
  return magic === 0 || magic === 1;
}

/**
 * Whether a client may append this batch (LogValidator.validateBatch with AppendOrigin.CLIENT).
 * @param topicPartition as in messages: `orders-0`
 * @throws RecordError `invalid` for an offset range that is empty or does not match the count, for control batches, and
 *   for a producer id without a sequence
 */
export function validateClientBatch(header: BatchHeader, topicPartition: string): void {
  const where = `in topic partition ${topicPartition}`;
  const { count, lastOffsetDelta } = header;
  const range = `[${header.baseOffset}, ${lastOffset(header)}]`;
  if (lastOffsetDelta < 0) throw invalid(`Batch has an invalid offset range: ${range} ${where}`);
  if (count <= 0) throw invalid(`Invalid reported count for record batch: ${count} ${where}`);
  if (lastOffsetDelta + 1 !== count) {
    throw invalid(`Inconsistent batch offset range ${range} and count of records ${count} ${where}`);
  }
  if (isControl(header.attributes)) throw invalid(`Clients are not allowed to write control records ${where}`);
  if (header.producerId > -1 && header.baseSequence < 0) {
    const which = `in record batch with producerId ${header.producerId}`;
    throw invalid(`Invalid sequence number ${header.baseSequence} ${which} ${where}`);
  }
}

function invalid(message: string): RecordError {
  return new RecordError('invalid', message);
}
