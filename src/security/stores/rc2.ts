// RC2 (RFC 2268) in CBC mode, to decrypt only: key stores of Java 8 and of OpenSSL 1 hide certificates with 40 bits of it, and
// OpenSSL 3 has it no more.

// biome-ignore format: a table
const PI = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
  '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
  '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
  '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
  '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
  'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
  '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
  '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
);
const SHIFTS = [1, 2, 3, 5] as const;
const BLOCK = 8;

/** @throws Error if the padding is wrong, which a wrong key shows as */
export function decryptRc2(data: Buffer, key: Buffer, iv: Buffer): Buffer {
  if (data.length === 0 || data.length % BLOCK !== 0) throw new Error('not whole blocks');
  const words = expanded(key);
  const plain = Buffer.alloc(data.length);
  let before = iv;
  for (let at = 0; at < data.length; at += BLOCK) {
    const block = data.subarray(at, at + BLOCK);
    const opened = decryptBlock(block, words);
    for (let i = 0; i < BLOCK; i++) plain[at + i] = opened[i]! ^ before[i]!;
    before = block;
  }
  const padding = plain[plain.length - 1]!;
  const end = plain.length - padding;
  if (padding < 1 || padding > BLOCK || plain.subarray(end).some((byte) => byte !== padding))
    throw new Error('padding');
  return plain.subarray(0, end);
}

/** 64 words; all bits of the key count. */
function expanded(key: Buffer): Uint16Array {
  const bytes = Buffer.alloc(128);
  key.copy(bytes);
  for (let i = key.length; i < 128; i++) bytes[i] = PI[(bytes[i - 1]! + bytes[i - key.length]!) & 0xff]!;
  bytes[128 - key.length] = PI[bytes[128 - key.length]!]!;
  for (let i = 127 - key.length; i >= 0; i--) bytes[i] = PI[bytes[i + 1]! ^ bytes[i + key.length]!]!;
  return Uint16Array.from({ length: 64 }, (_, i) => bytes.readUInt16LE(i * 2));
}

function decryptBlock(block: Buffer, key: Uint16Array): Buffer {
  const r = Uint16Array.from({ length: 4 }, (_, i) => block.readUInt16LE(i * 2));
  let at = 63;
  for (let round = 15; round >= 0; round--) {
    for (let i = 3; i >= 0; i--) {
      const word = (r[i]! >>> SHIFTS[i]!) | (r[i]! << (16 - SHIFTS[i]!));
      const [a, b, c] = [r[(i + 3) & 3]!, r[(i + 2) & 3]!, r[(i + 1) & 3]!];
      r[i] = word - key[at--]! - (a & b) - (~a & c);
    }
    if (round === 11 || round === 5) for (let i = 3; i >= 0; i--) r[i] = r[i]! - key[r[(i + 3) & 3]! & 63]!;
  }
  const opened = Buffer.alloc(BLOCK);
  r.forEach((word, i) => void opened.writeUInt16LE(word, i * 2));
  return opened;
}
