import type { Logger } from '../../src/util/logger.ts';

/** A logger that keeps its lines, each with its level in front: `warn …`. */
export class LogLines implements Logger {
  readonly lines: string[] = [];

  error(message: string, cause?: unknown): void {
    this.lines.push(`error ${message}${cause instanceof Error ? `: ${cause.message}` : ''}`);
  }

  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }

  info(message: string): void {
    this.lines.push(`info ${message}`);
  }

  debug(message: string): void {
    this.lines.push(`debug ${message}`);
  }
}
