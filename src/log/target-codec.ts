// A topic whose `compression.type` is not `producer` stores batches in its own codec, whatever they come in
// (LogValidator.buildRecordsAndAssignOffsets). Records are the same bytes in any codec, so they are not taken apart.
import { BATCH_OVERHEAD, CODEC_MASK, codecOf, computeCrc, FIELD, LOG_OVERHEAD } from '../protocol/records/batch.ts';
import { compress } from '../protocol/records/compression.ts';
import { type BatchPosition, batches, recordBytes } from '../protocol/records/read.ts';
import { LogError, LogErrorCode } from './errors.ts';
import type { LogConfig } from './log-config.ts';

/** Whether a batch has to be compressed anew, or for the first time, or no more. Both codecs must be loaded then. */
export function needsTargetCodec(attributes: number, { compressionCodec }: LogConfig): boolean {
  return compressionCodec !== undefined && codecOf(attributes) !== compressionCodec;
}

/**
 * A new batch of the same records in the topic's codec.
 * @throws LogError MESSAGE_TOO_LARGE if it has become larger than `max.message.bytes`; RecordError `corrupt`, `too-large`
 */
export function inTargetCodec(
  records: Buffer,
  { pos, header }: BatchPosition,
  config: LogConfig,
  topicPartition: string,
): { records: Buffer; batches: BatchPosition[] } {
  const plain = recordBytes(records, pos, header);
  const codec = config.compressionCodec ?? 0;
  const compressed = compress(codec, plain.buf.subarray(plain.start, plain.end), config.compressionLevel);
  const size = BATCH_OVERHEAD + compressed.length;
  if (size > config.maxMessageBytes) {
    const text = `Message batch size is ${size} bytes in append to partition ${topicPartition} which exceeds the maximum configured size of ${config.maxMessageBytes}.`;
    throw new LogError(LogErrorCode.MESSAGE_TOO_LARGE, text);
  }
  const batch = Buffer.allocUnsafe(size);
  records.copy(batch, 0, pos, pos + BATCH_OVERHEAD);
  compressed.copy(batch, BATCH_OVERHEAD);
  batch.writeInt32BE(size - LOG_OVERHEAD, FIELD.batchLength);
  batch.writeInt16BE((header.attributes & ~CODEC_MASK) | codec, FIELD.attributes);
  batch.writeUInt32BE(computeCrc(batch), FIELD.crc);
  return { records: batch, batches: [...batches(batch)] };
}
