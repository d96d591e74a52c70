// ByteSourceJsonBootstrapper: which encoding bytes of JSON have, from a byte order mark or from where their zeros are.
const UTF16 = 2;
const UTF32 = 4;

/** The same text in UTF-8, without a byte order mark. */
export function asUtf8(bytes: Buffer): Buffer {
  if (bytes.length >= 4) {
    const word = bytes.readUInt32BE(0);
    if (word === 0xfeff) return decoded(bytes.subarray(4), UTF32, true);
    if (word === 0xfffe0000) return decoded(bytes.subarray(4), UTF32, false);
    if (word >>> 16 === 0xfeff) return decoded(bytes.subarray(2), UTF16, true);
    if (word >>> 16 === 0xfffe) return decoded(bytes.subarray(2), UTF16, false);
    if (word >>> 8 === 0xefbbbf) return bytes.subarray(3);
    if (word >>> 8 === 0) return decoded(bytes, UTF32, true);
    if ((word & 0xffffff) === 0) return decoded(bytes, UTF32, false);
  }
  if (bytes.length >= 2) {
    if (bytes[0] === 0) return decoded(bytes, UTF16, true);
    if (bytes[1] === 0) return decoded(bytes, UTF16, false);
  }
  return bytes;
}

function decoded(bytes: Buffer, width: number, bigEndian: boolean): Buffer {
  const codes: number[] = [];
  for (let i = 0; i + width <= bytes.length; i += width)
    codes.push(bigEndian ? bytes.readUIntBE(i, width) : bytes.readUIntLE(i, width));
  const text = width === UTF16 ? codes.map((code) => String.fromCharCode(code)) : codes.map(codePoint);
  return Buffer.from(text.join(''));
}

const codePoint = (code: number): string => (code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code));
