import { wholeMessage } from './failure-text.ts';
import { printErrorDocument } from './json-wanted.ts';
import type { Output } from './output.ts';
import { type Format, isForPrograms } from './print.ts';

/** How a script words a failure; the exit status is 1 unless kafkaExit says what Kafka's script returns. */
export interface Failure {
  /** What was done until then, for standard output. */
  readonly printed?: string;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly kafkaExit?: number;
}

/** At a terminal nobody is helped by which stream it is, or by Java's names. */
export async function tellFailure(
  { printed = '', stdout = '', stderr = '' }: Failure,
  error: Error,
  output: Output,
): Promise<void> {
  const { failureLines, showFailure } = await import('./terminal/failure.ts');
  output.write(printed);
  showFailure(failureLines(error, `${stdout}${stderr}`), output);
}

/** Standard output is for data where a program reads it: JSON says it in a document, and Kafka's words go to standard error. */
export function printFailure(failure: Failure, error: Error, format: Format, output: Output): void {
  const stdout = `${failure.printed ?? ''}${failure.stdout ?? ''}`;
  const forPrograms = isForPrograms(format);
  if (format === 'json') printErrorDocument(wholeMessage(error), output);
  else if (!forPrograms) output.write(stdout);
  output.stderr.write(`${forPrograms ? stdout : ''}${failure.stderr ?? ''}`);
}
