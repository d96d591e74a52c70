/** One compression format, loaded. */
export interface CodecImplementation {
  compress(buf: Buffer, level?: number): Buffer;
  /** @throws RecordError `too-large` beyond maxOutputBytes, `corrupt` for anything else that is wrong */
  decompress(buf: Buffer, maxOutputBytes: number): Buffer;
}
