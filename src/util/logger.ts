/** Where the parts of the broker and the client say what happened; the composition root decides where it goes. */
export interface Logger {
  error(message: string, cause?: unknown): void;
  warn(message: string): void;
  info(message: string): void;
  debug(message: string): void;
  /** Whether a debug line goes anywhere; unknown without it. */
  isDebugEnabled?(): boolean;
  /** The same for lines of one part, if this logger tells parts apart. */
  named?(part: string): Logger;
}

export const silentLogger: Logger = { error() {}, warn() {}, info() {}, debug() {} };
