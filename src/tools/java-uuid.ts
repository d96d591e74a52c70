import { illegalArgument } from './java-exception.ts';

/**
 * An id as Uuid.fromString reads it: 16 bytes in base64 for URLs, padding allowed.
 * Returns the 22 characters without padding; throws a JavaException.
 */
export function parseUuid(text: string): string {
  if (text.length > 24)
    throw illegalArgument(
      `Input string with prefix \`${text.slice(0, 24)}\` is too long to be decoded as a base64 UUID`,
    );
  const digits = text.replace(/={1,2}$/, '');
  const illegal = /[^\w-]/.exec(digits)?.[0];
  if (illegal !== undefined) throw illegalArgument(`Illegal base64 character ${illegal.charCodeAt(0).toString(16)}`);
  if (digits.length % 4 === 1) throw illegalArgument('Last unit does not have enough valid bits');
  const bytes = Buffer.from(digits, 'base64url');
  if (bytes.length !== 16)
    throw illegalArgument(
      `Input string \`${text}\` decoded as ${bytes.length} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`,
    );
  return bytes.toString('base64url');
}
