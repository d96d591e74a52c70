import { JavaException } from './java-exception.ts';

const CLASSES: Readonly<Record<string, string>> = {
  ENOENT: 'NoSuchFileException',
  EACCES: 'AccessDeniedException',
  EEXIST: 'FileAlreadyExistsException',
};
const REASONS: Readonly<Record<string, string>> = {
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EROFS: 'Read-only file system',
  ENOSPC: 'No space left on device',
  ELOOP: 'Too many levels of symbolic links or unable to access attributes of symbolic link',
};

/** What java.nio throws where Node fails with a code and a path. */
export function fileException(error: NodeJS.ErrnoException): JavaException {
  const { code = '', message } = error;
  // The call's own path: that of the error may be of what was wanted by it.
  const path = / '(.*)'$/.exec(message)?.[1] ?? error.path ?? '';
  const known = CLASSES[code];
  if (known !== undefined) return new JavaException(`java.nio.file.${known}`, path);
  const reason = REASONS[code];
  if (reason !== undefined) return new JavaException('java.nio.file.FileSystemException', `${path}: ${reason}`);
  return new JavaException('java.io.IOException', message);
}
