// PEM (RFC 7468), as leniently as Kafka reads it: text before, between and after, and blanks where lines should end, as
// property files have it.

export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `RSA PRIVATE KEY`, … */
  readonly label: string;
  /** What the base64 text says. */
  readonly bytes: Buffer;
  /** The block with its lines as they should be. */
  readonly text: string;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----\s+((?:[A-Za-z-]+:[^\r\n]*[\r\n]+)*)([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** All blocks of a text, in their order. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([, label = '', headers = '', base64 = '']) => {
    const bytes = Buffer.from(base64, 'base64');
    return { label, bytes, text: pem(label, bytes, headers.trim()) };
  });
}

/** A block, lines of 64 characters. @param headers lines of RFC 1421, of encrypted keys in OpenSSL's old form */
export function pem(label: string, bytes: Buffer, headers = ''): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  const before = headers === '' ? [] : [headers, ''];
  return [`-----BEGIN ${label}-----`, ...before, ...lines, `-----END ${label}-----`, ''].join('\n');
}
