// Secrets that tests plant, and whether some text tells one of them: as it is, in base64, hexadecimal or encoded for a URL.

/** All secrets made here have it in them. */
const MARK = 'S3CR3Tmark';

/** Those of tests that do not care what their secrets look like. */
const OTHERS = ['alice-secret', 'bob-secret', 'carol-secret', 'the-client-secret', 'the-passphrase', 'hush-hush'];

/** A secret that is found in whatever is printed. */
export const secret = (name: string): string => `${MARK}/${name}+`;

const forms = [MARK, ...OTHERS].flatMap((text) => [
  text,
  Buffer.from(text).toString('hex'),
  ...inBase64(Buffer.from(text)),
]);

/** The part of the encoding that is the same whatever stands around, for each of the three places where it may begin. */
function inBase64(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64url');
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(Math.ceil((before * 8) / 6), whole);
  });
}

/** What a text tells that it must not; empty if nothing. */
export function leaks(text: string): string[] {
  const plain = text.replaceAll('+', '-').replaceAll('/', '_');
  const found = forms.filter((form) => text.includes(form) || plain.includes(form));
  return text.includes('PRIVATE KEY-----') ? [...found, 'a private key'] : found;
}

/** @throws Error with the lines around what is told */
export function expectNoSecrets(text: string, where: string): void {
  const told = leaks(text);
  if (told.length === 0) return;
  const line = text.split('\n').find((one) => leaks(one).length > 0);
  throw new Error(`${where} tells ${told.join(', ')}: ${line?.slice(0, 500)}`);
}
