import { readFile } from 'node:fs/promises';
import { JavaException } from '../tools/java-exception.ts';

/** The text of a `--from-file` file. @throws JavaException with the message of Kafka's Utils.readFileAsString */
export async function readPlan(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new JavaException('java.io.IOException', `Unable to read file ${file}`);
  }
}
