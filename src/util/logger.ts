/** Where the parts of the broker and the client say what happened; the composition root decides where it goes. */
export interface Logger {
  error(message: string, cause?: unknown): void;
  warn(message: string, cause?: unknown): void;
  info(message: string): void;
  debug(message: string): void;
  /** Whether a debug line goes anywhere; unknown without it. */
  isDebugEnabled?(): boolean;
  /** The same for lines of one part, if this logger tells parts apart. */
  named?(part: string): Logger;
}

export const silentLogger: Logger = { error() {}, warn() {}, info() {}, debug() {} };

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * Text for one line of a log or table. Names that others choose go into it: none of them ends the line, begins another or
 * says anything to the terminal.
 */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => SHORT.get(character) ?? `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
