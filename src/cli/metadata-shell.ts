import { createInterface } from 'node:readline';
import type { Shell } from '../tools/metadata-shell/shell.ts';
import type { Output } from './output.ts';

const PROMPT = '>> ';

/**
 * The shell for someone who types, or for a file with commands: until `exit` or the end of the input. Ctrl-C gives the line up.
 */
export async function typeCommands(shell: Shell, input: NodeJS.ReadableStream, output: Output): Promise<void> {
  const lines = createInterface({ input, terminal: false });
  output.print('[ Kafka Metadata Shell ]');
  output.write(PROMPT);
  for await (const line of lines) {
    for (const answer of shell.run(wordsOf(line), line)) output.print(answer);
    if (shell.ended) return lines.close();
    output.write(PROMPT);
  }
  output.print('');
}

/** Words between blanks; quotes and backslashes keep blanks. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) => double ?? single ?? escaped),
  );
