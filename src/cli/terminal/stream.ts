/** The part of process.stdout and process.stderr that is used; tests pass their own. */
export interface Stream {
  write(chunk: string | Uint8Array, done?: () => void): boolean;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}
