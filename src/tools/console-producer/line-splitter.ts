const LF = 10;
const CR = 13;
const NOTHING = Buffer.alloc(0);

/** Cuts a stream of bytes into lines, which end at \n, \r or \r\n as for java.io.BufferedReader. */
export class LineSplitter {
  /** Beginnings of a line whose end has not been seen. */
  #open: Buffer[] = [];
  /** The last byte seen was a \r: a \n that follows belongs to it. */
  #afterCarriageReturn = false;

  /**
   * The lines that end in this chunk, without their ends: views of it wherever a line lies within it. Of what follows
   * the last end a copy is kept, so that the chunk's memory can be used again.
   */
  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let start = this.#afterCarriageReturn && chunk[0] === LF ? 1 : 0;
    if (chunk.length > 0) this.#afterCarriageReturn = chunk[chunk.length - 1] === CR;
    // Text without \r, the usual kind, is searched for one byte only.
    let carriageReturn = nextIndex(chunk, CR, start);
    let lineFeed = nextIndex(chunk, LF, start);
    while (lineFeed !== carriageReturn) {
      const end = Math.min(lineFeed, carriageReturn);
      lines.push(this.#close(chunk.subarray(start, end)));
      start = end + (end === carriageReturn && lineFeed === end + 1 ? 2 : 1);
      if (lineFeed < start) lineFeed = nextIndex(chunk, LF, start);
      if (carriageReturn < start) carriageReturn = nextIndex(chunk, CR, start);
    }
    if (start < chunk.length) this.#open.push(Buffer.from(chunk.subarray(start)));
    return lines;
  }

  /** What stands behind the last line end, undefined if nothing does. */
  end(): Buffer | undefined {
    return this.#open.length === 0 ? undefined : this.#close(NOTHING);
  }

  #close(rest: Buffer): Buffer {
    if (this.#open.length === 0) return rest;
    const line = Buffer.concat([...this.#open, rest]);
    this.#open = [];
    return line;
  }
}

/** Infinity where the byte does not occur, so that two of them compare as equal. */
function nextIndex(chunk: Buffer, byte: number, from: number): number {
  const at = chunk.indexOf(byte, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}
