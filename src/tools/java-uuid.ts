import { javaUrlBase64 } from './java-base64.ts';
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
  const bytes = javaUrlBase64(text);
  if (bytes.length !== 16)
    throw illegalArgument(
      `Input string \`${text}\` decoded as ${bytes.length} bytes, which is not equal to the expected 16 bytes of a base64-encoded UUID`,
    );
  return bytes.toString('base64url');
}
