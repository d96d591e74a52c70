// What may be appended (UnifiedLog.analyzeAndValidateRecords, LogValidator). Headers are always checked, and whether the
// records of an uncompressed batch are what its header says. One by one, with keys and timestamps, only records of compacted
// topics, of topics with a codec of their own, and where a timestamp may be out of bounds. Compressed batches are otherwise
// not opened, as Kafka does: that costs 1.4 (lz4) to 4.9 (gzip) CPU seconds a GB, which is what all else takes together.
import {
  BATCH_OVERHEAD,
  type BatchHeader,
  batchSizeInBytes,
  codecOf,
  computeCrc,
  isLogAppendTime,
  LOG_OVERHEAD,
} from '../protocol/records/batch.ts';
import { codecName, isCodecLoaded } from '../protocol/records/compression.ts';
import { RecordError, type RecordErrorKind } from '../protocol/records/error.ts';
import { type BatchPosition, batches, openRecords } from '../protocol/records/read.ts';
import { largestTimestampDelta } from '../protocol/records/regular-records.ts';
import { validateClientBatch } from '../protocol/records/validate.ts';
import { type BatchIndexError, LogError, LogErrorCode } from './errors.ts';
import type { LogConfig } from './log-config.ts';
import type { AppendOrigin } from './producer-checks.ts';
import { needsTargetCodec } from './target-codec.ts';

const CODES: Record<RecordErrorKind, LogErrorCode> = {
  corrupt: LogErrorCode.CORRUPT_MESSAGE,
  invalid: LogErrorCode.INVALID_RECORD,
  unsupported: LogErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
  'unsupported-compression': LogErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
  'too-large': LogErrorCode.INVALID_RECORD,
};
const SHOWN_RECORD_ERRORS = 3;

/** How a log takes batches. */
export interface AppendRules {
  /** `orders-0`. */
  topicPartition: string;
  config: LogConfig;
}

/**
 * The batches of `records`, checked. A partial batch at the end is left out.
 * @throws LogError with Kafka's code and message
 */
export function validateRecords(
  records: Buffer,
  rules: AppendRules,
  origin: AppendOrigin,
  nowMs: number,
): BatchPosition[] {
  try {
    const found = [...batches(records)];
    if (found.length === 0) throw new RecordError('invalid', 'Record batch has no batches at all');
    for (const batch of found) validateBatch(records, batch, rules, origin, nowMs);
    if (origin === 'client' && found.length > 1) {
      throw new RecordError('invalid', 'Compressed outer record has more than one batch');
    }
    return found;
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new LogError(CODES[error.kind], error.message, { cause: error });
  }
}

function validateBatch(
  records: Buffer,
  batch: BatchPosition,
  rules: AppendRules,
  origin: AppendOrigin,
  nowMs: number,
): void {
  const { header, pos, size } = batch;
  const { topicPartition, config } = rules;
  if (origin === 'client' && header.baseOffset !== 0) {
    const text = `The baseOffset of the record batch in the append to ${topicPartition} should be 0, but it is ${header.baseOffset}`;
    throw new RecordError('invalid', text);
  }
  if (size > config.maxMessageBytes) {
    // The closing parenthesis is Kafka's.
    const text = `The record batch size in the append to ${topicPartition} is ${size} bytes which exceeds the maximum configured value of ${config.maxMessageBytes}).`;
    throw new LogError(LogErrorCode.MESSAGE_TOO_LARGE, text);
  }
  if (computeCrc(records, pos, size) !== header.crc) {
    throw new RecordError(
      'corrupt',
      `Record is corrupt (stored crc = ${header.crc}) in topic partition ${topicPartition}.`,
    );
  }
  if (origin !== 'client') return;
  validateClientBatch(header, topicPartition);
  codecName(codecOf(header.attributes));
  if (mayBeOutOfBounds(header, config, nowMs) || config.compact || needsTargetCodec(header.attributes, config)) {
    validateEachRecord(records, batch, rules, nowMs);
  } else if (codecOf(header.attributes) === 0) {
    countRecords(records, batch);
  }
}

/**
 * Whether the records are as many as the header says, and nothing but records. A largest timestamp that is none of theirs
 * is put right, as the log finds records by it.
 */
function countRecords(records: Buffer, { header, pos, size }: BatchPosition): void {
  const { baseTimestamp, count } = header;
  const delta = largestTimestampDelta(records, pos + BATCH_OVERHEAD, pos + size, count);
  let largest = delta === undefined ? -1 : baseTimestamp + delta;
  if (delta === undefined) {
    const cursor = openRecords(records, pos, header);
    while (cursor.next()) largest = Math.max(largest, cursor.timestamp);
  }
  if (!isLogAppendTime(header.attributes)) header.maxTimestamp = Math.max(largest, -1);
}

/**
 * A codec that must be loaded before `records` can be appended by a client; undefined in most cases, as compressed records
 * are looked into only for compacted topics, `message.timestamp.before.max.ms` and topics with a codec of their own.
 */
export function codecNeeded(records: Buffer, config: LogConfig): number | undefined {
  const { compact, compressionCodec, messageTimestampBeforeMaxMs } = config;
  if (compressionCodec !== undefined && !isCodecLoaded(compressionCodec)) return compressionCodec;
  if (!compact && !Number.isFinite(messageTimestampBeforeMaxMs) && compressionCodec === undefined) return undefined;
  if (records.length < LOG_OVERHEAD || batchSizeInBytes(records) > records.length) return undefined;
  const first = firstHeader(records);
  const codec = first === undefined ? 0 : codecOf(first.attributes);
  return codec > 4 || isCodecLoaded(codec) ? undefined : codec;
}

function firstHeader(records: Buffer): BatchHeader | undefined {
  try {
    return batches(records).next().value?.header;
  } catch {
    return undefined;
  }
}

/** Whether some record's timestamp may be refused, as far as the header tells. */
function mayBeOutOfBounds(header: BatchHeader, config: LogConfig, nowMs: number): boolean {
  if (config.messageTimestampType === 'LogAppendTime') return isLogAppendTime(header.attributes);
  return (
    Number.isFinite(config.messageTimestampBeforeMaxMs) ||
    header.maxTimestamp - nowMs > config.messageTimestampAfterMaxMs ||
    header.baseTimestamp - nowMs > config.messageTimestampAfterMaxMs
  );
}

function validateEachRecord(records: Buffer, batch: BatchPosition, rules: AppendRules, nowMs: number): void {
  const { header, pos } = batch;
  const invalidTimestamps = 'One or more records have been rejected due to invalid timestamp';
  if (!isCodecLoaded(codecOf(header.attributes)) && !rules.config.compact) {
    // Only the largest timestamp of the batch is known, and that it is out of bounds.
    throw new LogError(LogErrorCode.INVALID_TIMESTAMP, invalidTimestamps);
  }
  const errors: BatchIndexError[] = [];
  let hasInvalidTimestamp = false;
  const cursor = openRecords(records, pos, header);
  for (let batchIndex = 0; cursor.next(); batchIndex++) {
    if (rules.config.compact && cursor.keySize < 0) {
      const message = `Compacted topic cannot accept message without key in topic partition ${rules.topicPartition}`;
      errors.push({ batchIndex, message });
      continue;
    }
    const message = timestampProblem(cursor, rules.config, nowMs);
    if (message === undefined) continue;
    hasInvalidTimestamp = true;
    errors.push({ batchIndex, message });
  }
  if (errors.length === 0) return;
  if (hasInvalidTimestamp) {
    throw new LogError(LogErrorCode.INVALID_TIMESTAMP, invalidTimestamps, { recordErrors: errors });
  }
  const shown = errors
    .slice(0, SHOWN_RECORD_ERRORS)
    .map(({ batchIndex, message }) => `RecordError(batchIndex=${batchIndex}, message='${message}')`);
  const text = `One or more records have been rejected due to ${errors.length} record errors in total, and only showing the first three errors at most: [${shown.join(', ')}]`;
  throw new LogError(LogErrorCode.INVALID_RECORD, text, { recordErrors: errors });
}

function timestampProblem(
  record: { timestamp: number; offset: number; timestampType: string },
  config: LogConfig,
  nowMs: number,
): string | undefined {
  const { timestamp, offset } = record;
  const { messageTimestampBeforeMaxMs: beforeMs, messageTimestampAfterMaxMs: afterMs } = config;
  if (config.messageTimestampType === 'LogAppendTime') {
    if (record.timestampType !== 'LogAppendTime') return undefined;
    return `Invalid timestamp type in message at offset ${offset}. Producer should not set timestamp type to LogAppendTime.`;
  }
  if (timestamp === -1 || (nowMs - timestamp <= beforeMs && timestamp - nowMs <= afterMs)) return undefined;
  const bounds = `[${javaSum(nowMs, -beforeMs)}, ${javaSum(nowMs, afterMs)}]`;
  return `Timestamp ${timestamp} of message with offset ${offset} is out of range. The timestamp should be within ${bounds}`;
}

/** The sum as Java's long has it: no limit is Long.MAX_VALUE there, and sums wrap around. */
function javaSum(nowMs: number, deltaMs: number): bigint {
  const max = 2n ** 63n - 1n;
  const delta = Number.isFinite(deltaMs) ? BigInt(deltaMs) : deltaMs < 0 ? -max : max;
  return BigInt.asIntN(64, BigInt(nowMs) + delta);
}
