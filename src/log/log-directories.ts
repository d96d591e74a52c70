// The log directories of a broker, and what it means that one fails (LogDirFailureChannel).
import type { Logger } from '../util/logger.ts';
import { isDeviceError } from './directory-failure.ts';
import type { LogDirectory } from './log-directory.ts';
import type { OpenedDirectories } from './open-directories.ts';

interface Parts {
  /** `log.dirs`. */
  readonly dirs: readonly string[];
  readonly logger: Logger;
  /** Has nothing served of a log directory any more. */
  takeOffline(directory: LogDirectory): void;
  hasMetadata(directory: LogDirectory): boolean;
  /** Told once that the broker cannot go on. */
  readonly onFatal?: ((message: string) => void) | undefined;
}

export class LogDirectories {
  /** Those that could be opened, in the order given; `failure` says why nothing is served of one. */
  readonly all: readonly LogDirectory[];
  readonly #parts: Parts;
  /** Reasons why directories could not be opened, by path. */
  readonly #unopened: ReadonlyMap<string, string>;
  readonly #failureListeners = new Set<(directoryId: string) => void>();
  #isClosed = false;

  constructor({ directories, failed }: OpenedDirectories, parts: Parts) {
    this.all = directories;
    this.#unopened = failed;
    this.#parts = parts;
  }

  get usable(): LogDirectory[] {
    return this.all.filter(({ failure }) => failure === undefined);
  }

  /** Those of which nothing is served, by path, with the reason. */
  get failed(): ReadonlyMap<string, string> {
    const failed = this.all.flatMap(({ path, failure }) => (failure === undefined ? [] : [[path, failure] as const]));
    return new Map([...this.#unopened, ...failed]);
  }

  /** Whether the last stop of all was clean, so that nothing had to be recovered. */
  get wasClean(): boolean {
    return this.all.every((directory) => directory.isClean);
  }

  find(path: string): LogDirectory | undefined {
    return this.all.find((directory) => directory.path === path);
  }

  /** Calls `listener` after a log directory failed and others go on, at the end of what noticed it. */
  onFailed(listener: (directoryId: string) => void): void {
    this.#failureListeners.add(listener);
  }

  /** What fails from now on is of no interest any more. */
  stop(): void {
    this.#isClosed = true;
  }

  /** A failure of the device takes the log directory offline; the error is the caller's all the same. */
  guarded<T>(directory: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      this.fail(directory, error);
      throw error;
    }
  }

  /** What a log directory on a device that failed means (ReplicaManager.handleLogDirFailure). */
  fail(directoryPath: string, cause: unknown): void {
    const directory = this.find(directoryPath);
    if (this.#isClosed || directory === undefined || directory.failure !== undefined || !isDeviceError(cause)) return;
    const { logger, onFatal } = this.#parts;
    directory.failure = cause instanceof Error ? cause.message : String(cause);
    logger.error(`Stopping serving logs in dir ${directoryPath}`, cause);
    this.#parts.takeOffline(directory);
    const isLast = this.all.every(({ failure }) => failure !== undefined);
    const hasMetadata = this.#parts.hasMetadata(directory);
    if (isLast) onFatal?.(`Shutdown broker because all log dirs in ${this.#paths()} have failed`);
    else if (hasMetadata) onFatal?.(`Shutdown broker because the metadata log dir ${directoryPath} has failed`);
    else queueMicrotask(() => this.#tellFailed(directory));
  }

  #tellFailed({ meta }: LogDirectory): void {
    if (!this.#isClosed) for (const listener of this.#failureListeners) listener(meta.directoryId);
  }

  #paths(): string {
    return this.#parts.dirs.join(', ');
  }
}
