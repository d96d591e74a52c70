import { illegalArgument } from '../tools/java-exception.ts';
import { javaDateFormat } from '../util/java-date-format.ts';

/** What --date-format of the performance tests makes of milliseconds since 1970. @throws JavaException for a pattern that is none */
export function perfDates(pattern: string): (epochMs: number) => string {
  try {
    return javaDateFormat(pattern);
  } catch (error) {
    throw illegalArgument((error as Error).message);
  }
}
