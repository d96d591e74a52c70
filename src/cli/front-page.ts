import { listCommands } from './commands.ts';
import { columns } from './options/help.ts';
import type { Output } from './output.ts';
import { folded } from './terminal/width.ts';

const ABOUT = "Apache Kafka's shell scripts without a JVM, and a Kafka broker in the same program.";
const FIRST = [
  ['ktool server start', 'a broker on localhost:9092'],
  ['ktool topics --create --topic orders', 'in a second terminal'],
  ['ktool console-producer --topic orders', 'a line is a record; Ctrl-D ends'],
  ['ktool console-consumer --topic orders --from-beginning', 'Ctrl-C ends'],
] as const;
const NEXT =
  'ktool COMMAND --help says more; -v the version. Another cluster: --bootstrap-server HOST:PORT, or ktool context add.';

/** What `ktool` alone says: what to type first, and all commands. */
export function frontPage(root: string, output: Output): void {
  const width = output.isTerminal ? output.width : 100;
  const heading = (text: string) => (output.colour ? `\u001b[1m${text}\u001b[22m` : text);
  const rows = listCommands(root).map(({ name, summary }) => [name, summary] as const);
  const sections = [
    folded(ABOUT, width),
    `${heading('First steps')}\n${FIRST.map(([line, what]) => `  $ ${line}\n      ${what}`).join('\n')}`,
    `${heading('Commands')}\n${columns(rows, width)}`,
    folded(NEXT, width),
  ];
  output.draw(`${sections.join('\n\n')}\n`);
}
