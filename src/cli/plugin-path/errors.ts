import { JavaException } from '../../tools/java-exception.ts';

/** A mistake that the script answers with its message alone (TerseException, ConfigException). */
export class PluginPathError extends Error {}

/** There are jars or class files: what is in them only a JVM can say. */
export class NoJvmError extends Error {}

/** The scan broke off after `printed` had gone to standard output. */
export class ScanError extends JavaException {
  readonly printed: string;

  constructor(message: string, printed: string, cause: Error) {
    super('java.lang.RuntimeException', message);
    this.printed = printed;
    this.cause = cause;
  }
}

/** Java wraps a checked exception: the message is the text of its cause. */
export function wrapped(cause: JavaException): JavaException {
  const error = new JavaException('java.lang.RuntimeException', String(cause));
  error.cause = cause;
  return error;
}

const CLASSES: Readonly<Record<string, string>> = {
  ENOTDIR: 'java.nio.file.NotDirectoryException',
  EACCES: 'java.nio.file.AccessDeniedException',
  ENOENT: 'java.nio.file.NoSuchFileException',
};

/** What Java throws where Node cannot read `path`. */
export function readError(path: string, error: unknown): JavaException {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const javaClass = CLASSES[code];
  return javaClass === undefined
    ? new JavaException('java.nio.file.FileSystemException', `${path}: ${message}`)
    : new JavaException(javaClass, path);
}
