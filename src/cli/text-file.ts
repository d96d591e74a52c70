import { readFileSync } from 'node:fs';
import { JavaException } from '../tools/java-exception.ts';

/** The text of a file. @throws JavaException as Utils.readFileAsString */
export function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const failure = new JavaException('java.io.IOException', `Unable to read file ${file}`);
    failure.cause = new JavaException(isMissing ? 'java.nio.file.NoSuchFileException' : 'java.io.IOException', file);
    throw failure;
  }
}
