import { Reader } from '../protocol/reader.ts';

/** Reads what a number cannot hold as a bigint, which only damaged bytes say: for who prints it as it stands there. */
export class ExactReader extends Reader {
  override int64(): number {
    const value = super.int64();
    return Number.isSafeInteger(value) ? value : (this.buf.readBigInt64BE(this.pos - 8) as unknown as number);
  }
}
