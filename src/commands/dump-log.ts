import { uncaught } from '../cli/failure-text.ts';
import { checkDumpLog, dumpLog } from '../cli/options/scripts/dump-log.ts';
import type { Output } from '../cli/output.ts';
import { STREAM_FORMS } from '../cli/own-options/table.ts';
import { Exit, scriptCommand } from '../cli/script-command.ts';
import { progress } from '../cli/terminal/progress.ts';
import { dumpFiles } from '../tools/dump-log/dump.ts';
import { type DumpEvent, eventDocument, eventText } from '../tools/dump-log/event.ts';
import { jacksonText } from '../tools/jackson-text.ts';

/** So much is written at once. */
const WRITE_CHARACTERS = 64 * 1024;

export default scriptCommand({
  script: dumpLog,
  forms: STREAM_FORMS,
  async run({ options, output, format, compat }) {
    const plan = checkDumpLog(options);
    const lines = new Lines(output, format === 'json' ? documentText : eventText);
    const shown = progress(output, compat.progress && !output.isTerminal, { things: 'batches and records' });
    try {
      for await (const part of dumpFiles(plan))
        for (const event of part) {
          shown?.add(1);
          if (lines.add(event)) await lines.flush();
        }
    } finally {
      shown?.end();
      await lines.flush();
    }
    return new Exit(0);
  },
  failure: uncaught,
});

function documentText(event: DumpEvent): string {
  const document = eventDocument(event);
  return document === undefined ? '' : `${jacksonText(document)}\n`;
}

/** Writes in large pieces, no faster than they are read; complaints come in their place on standard error. */
class Lines {
  readonly #output: Output;
  readonly #text: (event: DumpEvent) => string;
  #waiting = '';
  /** For standard error, behind what waits. */
  readonly #complaints: string[] = [];

  constructor(output: Output, text: (event: DumpEvent) => string) {
    this.#output = output;
    this.#text = text;
  }

  /** Whether it is time to {@link flush}. */
  add(event: DumpEvent): boolean {
    if (event.type === 'complaint') {
      this.#complaints.push(event.text);
      return true;
    }
    this.#waiting += this.#text(event);
    return this.#waiting.length >= WRITE_CHARACTERS;
  }

  async flush(): Promise<void> {
    const text = this.#waiting;
    this.#waiting = '';
    if (text !== '') await this.#output.pour(text);
    for (const complaint of this.#complaints.splice(0)) this.#output.warn(complaint);
  }
}
