// A command line asks for JSON, and what is to be said of it is not the result.
import type { ArgparseLevel, Script } from './options/script.ts';
import type { Output } from './output.ts';

const OWN_FORMS = ['--json', '--output'];
const nameOf = (word: string): string => word.replace(/=.*$/s, '');

/** Whether words ask for JSON, also where they cannot be parsed. */
export function asksForJson(words: readonly string[]): boolean {
  return words.some(
    (word, i) => word === '--json' || word === '--output=json' || (word === '--output' && words[i + 1] === 'json'),
  );
}

/** A failure as the document that --json promises; the words for people are on standard error. */
export function printErrorDocument(message: string, output: Output): void {
  output.print(JSON.stringify({ error: message }));
}

/** Why a command has neither --json nor --output although the words ask for it; undefined if they do not, or it has. */
export async function whyNoForms(
  command: string,
  words: readonly string[],
  script?: Script,
): Promise<string | undefined> {
  const asked = words.map(nameOf).find((word) => OWN_FORMS.includes(word));
  if (asked === undefined || (script && hasForms(script))) return undefined;
  const { answerOf } = await import('./documents/index.ts');
  const answer = answerOf([command]);
  return typeof answer === 'object' && 'none' in answer ? `There is no ${asked} here: ${answer.none}` : undefined;
}

/** Says why there are none, as a document too where one is asked for; answers the exit status. */
export function refuseForms(reason: string, words: readonly string[], output: Output): number {
  if (asksForJson(words)) printErrorDocument(reason, output);
  output.warn(reason);
  return 1;
}

const hasForms = (script: Script): boolean =>
  script.parser === 'jopt' ? Object.hasOwn(script.options, 'json') : levelHasForms(script.level);

const levelHasForms = ({ options, commands = {} }: ArgparseLevel): boolean =>
  Object.hasOwn(options, 'json') || Object.values(commands).some(levelHasForms);
