// Walks the records of one batch without an object per record: one cursor moves, and key, value and headers become
// views only when they are asked for. Record layout and messages: org.apache.kafka.common.record.DefaultRecord.
import { type BatchHeader, incrementSequence, isLogAppendTime } from './batch.ts';
import { RecordError } from './error.ts';
import type { RecordHeader, TimestampType } from './record.ts';
import { endlessVarint, VarintCursor, VarintOverflow, VarintUnderflow } from './varint.ts';

const PREMATURE_EOF = 'Incorrect declared batch size, premature EOF reached';
const NO_HEADERS: readonly RecordHeader[] = Object.freeze([]);

/** Records as bytes: the part of a batch behind its header, decompressed. */
export interface RecordBytes {
  buf: Buffer;
  start: number;
  end: number;
  /** Whether they were compressed in the batch, which decides how far Kafka lets a record's fields reach. */
  compressed: boolean;
}

export class RecordCursor {
  /** Of the current record, valid after {@link next} has returned true; see KafkaRecord. */
  offset = -1;
  timestamp = -1;
  sequence = -1;
  readonly timestampType: TimestampType;
  /** Bytes of the record with its length field. */
  sizeInBytes = 0;
  /** -1 for null. */
  keySize = -1;
  /** -1 for null. */
  valueSize = -1;
  headerCount = 0;

  readonly #buf: Buffer;
  readonly #in: VarintCursor;
  readonly #end: number;
  readonly #batch: BatchHeader;
  readonly #logAppendTime: boolean;
  readonly #compressed: boolean;
  #read = 0;
  #keyStart = 0;
  #valueStart = 0;
  #headersStart = 0;

  /** @throws RecordError `invalid` for a negative record count */
  constructor(bytes: RecordBytes, batch: BatchHeader) {
    if (batch.count < 0) throw invalid(`Found invalid record count ${batch.count} in magic v${batch.magic} batch`);
    this.#buf = bytes.buf;
    this.#end = bytes.end;
    this.#in = new VarintCursor(bytes.buf, bytes.start, bytes.end);
    this.#batch = batch;
    this.#compressed = bytes.compressed;
    this.#logAppendTime = isLogAppendTime(batch.attributes);
    this.timestampType = this.#logAppendTime ? 'LogAppendTime' : 'CreateTime';
  }

  /**
   * Moves to the next record; false behind the last that the batch counts.
   * @throws RecordError `invalid` with Kafka's message for anything that is no record, or for bytes behind the last
   */
  next(): boolean {
    if (this.#read >= this.#batch.count) return false;
    this.#readRecord();
    this.#read++;
    if (this.#read === this.#batch.count && this.#in.pos !== this.#end) {
      throw invalid('Incorrect declared batch size, records still remaining in file');
    }
    return true;
  }

  get key(): Buffer | null {
    return this.keySize < 0 ? null : this.#buf.subarray(this.#keyStart, this.#keyStart + this.keySize);
  }

  get value(): Buffer | null {
    return this.valueSize < 0 ? null : this.#buf.subarray(this.#valueStart, this.#valueStart + this.valueSize);
  }

  get headers(): readonly RecordHeader[] {
    if (this.headerCount === 0) return NO_HEADERS;
    const fields = new VarintCursor(this.#buf, this.#headersStart, this.#end);
    const headers: RecordHeader[] = [];
    for (let i = 0; i < this.headerCount; i++) {
      const keySize = fields.varint();
      const key = this.#buf.toString('utf8', fields.pos, fields.pos + keySize);
      fields.pos += keySize;
      const valueSize = fields.varint();
      const value = valueSize < 0 ? null : this.#buf.subarray(fields.pos, fields.pos + valueSize);
      fields.pos += Math.max(valueSize, 0);
      headers.push({ key, value });
    }
    return headers;
  }

  #readRecord(): void {
    const before = this.#in.pos;
    const size = this.#readSize();
    const start = this.#in.pos;
    try {
      this.#in.end = this.#compressed ? start + size : this.#end;
      this.#readFields();
    } catch (error) {
      throw isStructural(error) ? invalid('Found invalid record structure', error) : error;
    }
    this.#in.end = this.#end;
    const read = this.#in.pos - start;
    if (read !== size) {
      throw invalid(`Invalid record size: expected to read ${size} bytes in record payload, but instead read ${read}`);
    }
    this.sizeInBytes = this.#in.pos - before;
  }

  #readSize(): number {
    let size: number;
    try {
      size = this.#in.varint();
    } catch (error) {
      // Kafka reads compressed records from a stream, where it takes any unusable size for the end of the data, and the end for bytes.
      if (this.#compressed) throw invalid(PREMATURE_EOF, error instanceof VarintOverflow ? error : endlessVarint());
      throw error instanceof VarintOverflow ? invalid(error.message, error) : invalid(PREMATURE_EOF);
    }
    if (size < 0 && this.#compressed) throw invalid(PREMATURE_EOF, new VarintUnderflow(`capacity < 0: (${size} < 0)`));
    const remaining = this.#end - this.#in.pos;
    if (size <= remaining) return size;
    const expected = `Invalid record size: expected ${size} bytes in record payload, but`;
    if (this.#compressed) throw invalid(`${expected} the record payload reached EOF.`);
    throw invalid(`${expected} instead the buffer has only ${remaining} remaining bytes.`);
  }

  #readFields(): void {
    const input = this.#in;
    this.#skip(1); // attributes, of which none is in use
    const timestampDelta = input.varlong();
    const offsetDelta = input.varint();
    const batch = this.#batch;
    this.timestamp = this.#logAppendTime ? batch.maxTimestamp : batch.baseTimestamp + timestampDelta;
    this.offset = batch.baseOffset + offsetDelta;
    this.sequence = batch.baseSequence < 0 ? -1 : incrementSequence(batch.baseSequence, offsetDelta);
    this.keySize = input.varint();
    this.#keyStart = input.pos;
    this.#skip(this.keySize);
    this.valueSize = input.varint();
    this.#valueStart = input.pos;
    this.#skip(this.valueSize);
    this.#readHeaders();
  }

  #readHeaders(): void {
    const input = this.#in;
    const count = input.varint();
    this.headerCount = count;
    if (count === 0) return;
    if (count < 0) throw invalid(`Found invalid number of record headers ${count}`);
    if (count > input.end - input.pos) {
      throw invalid(`Found invalid number of record headers. ${count} is larger than the remaining size of the buffer`);
    }
    this.#headersStart = input.pos;
    for (let i = 0; i < count; i++) {
      const keySize = input.varint();
      if (keySize < 0) throw invalid(`Invalid negative header key size ${keySize}`);
      this.#skip(keySize);
      this.#skip(input.varint());
    }
  }

  /** Any negative size means null, as it does to Kafka. */
  #skip(size: number): void {
    const left = this.#in.end - this.#in.pos;
    if (size > left) throw new VarintUnderflow(size > 1 ? `newLimit > capacity: (${size} > ${left})` : '');
    if (size > 0) this.#in.pos += size;
  }
}

function isStructural(error: unknown): boolean {
  return error instanceof VarintUnderflow || error instanceof VarintOverflow;
}

function invalid(message: string, cause?: unknown): RecordError {
  return new RecordError('invalid', message, { cause });
}
