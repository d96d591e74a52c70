// Which failures of the file system mean that a whole log directory is lost (LogDirFailureChannel).
import { errnoOf } from './files.ts';

/**
 * Failures of the device. A full disk or too many open files are none: the write was taken back and may work later, so
 * that ktool, unlike Kafka, goes on serving the directory.
 */
const DEVICE_ERRORS: ReadonlySet<string> = new Set(['EIO', 'ENXIO', 'ENODEV', 'EROFS', 'ESTALE', 'EUCLEAN']);

/** Whether `error`, or what caused it, is a failure of the device. */
export function isDeviceError(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (DEVICE_ERRORS.has(errnoOf(cause) ?? '')) return true;
  }
  return false;
}
