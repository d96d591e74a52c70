import type { Output } from '../output.ts';
import { visibleLine } from './visible.ts';

/** Somebody said no: nothing more is to be done. */
export class Declined extends Error {
  constructor() {
    super('Left as it is.');
    this.name = 'Declined';
  }
}

/** Where the answer to a question comes from. */
export interface Answers {
  readonly isTTY?: boolean | undefined;
  /** The next line that is typed, undefined at the end of input. */
  readLine(): Promise<string | undefined>;
}

/** Asks before something goes for good. */
export interface Confirm {
  /** Whether somebody has said no. */
  readonly declined: boolean;
  /** @throws Declined unless the answer is yes */
  ask(what: string): Promise<void>;
}

const SHOWN = 8;

/** The things of a question, one a line, the first few of many. */
export function named(things: readonly string[]): string {
  const shown = things.slice(0, things.length > SHOWN ? SHOWN - 1 : SHOWN).map((thing) => `  ${visibleLine(thing)}\n`);
  return `${shown.join('')}${shown.length < things.length ? `  … and ${things.length - shown.length} more\n` : ''}`;
}

/** Asks at a terminal; undefined where nobody would answer. */
export function confirmAt(output: Output, answers: Answers): Confirm | undefined {
  if (!answers.isTTY || !output.isTerminal || output.stderr.isTTY !== true) return undefined;
  let declined = false;
  return {
    get declined() {
      return declined;
    },
    async ask(what) {
      output.stderr.write(`${what}Go on? [y/N] `);
      const answer = await answers.readLine();
      if (answer === undefined) output.stderr.write('\n');
      if (/^\s*y(es)?\s*$/i.test(answer ?? '')) return;
      declined = true;
      throw new Declined();
    },
  };
}

/** Lines typed at the terminal of the process. */
export const keyboard: Answers = {
  get isTTY() {
    return process.stdin.isTTY;
  },
  async readLine() {
    const { createInterface } = await import('node:readline');
    const lines = createInterface({ input: process.stdin });
    try {
      for await (const line of lines) return line;
      return undefined;
    } finally {
      lines.close();
    }
  },
};
