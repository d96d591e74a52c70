// Sessions of Kafka's scripts: what to run, and what Apache Kafka answered.
//   # title            begins a session; all of a file run on one broker, in order
//   run: COMMAND       words between blanks, or in quotes; {broker} stands for the broker's address, {dir} for a folder of the session's
//   property: KEY=VALUE  of the broker of the whole file, behind the first title
//   file: NAME TEXT    a file that is in that folder before the command runs; \n in the text begins another line
//   keep: NAME REGEX   {NAME} is from then on what group 1 of the expression finds on standard output
//   order: any         the lines of standard output may come in any order, blanks around them do not count
//   in: LINE           a line of standard input
//   out: LINE          a line of standard output
//   err: LINE          a line of standard error: as many as stand here are compared, from the first on. Empty lines and usage,
//                      which is ktool's own, do not count; without it nobody looks there
//   exit: STATUS
// What differs from run to run is {log} (the time in front of a line of the log), {broker}, {port}, {dir}, {id} (a topic's), {directory} (its id), {cluster}, {logs} (a log directory), {ms}, and
// of delegation tokens {token}, {hmac} and {minute}; {request} says
// which request was refused.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} text @returns {import('./session.d.mts').Session[]} */
export function parseSessions(text) {
  const sessions = [];
  for (const line of text.split('\n')) {
    const steps = sessions.at(-1)?.steps;
    if (line.startsWith('# ')) sessions.push({ title: line.slice(2), properties: [], steps: [] });
    else if (line.startsWith('property: ')) sessions.at(-1).properties.push(line.slice(10));
    else if (line.startsWith('run: ')) steps.push({ run: line.slice(5), files: [], in: [], out: [], exit: 0 });
    else if (line.startsWith('keep: ')) steps.at(-1).keep = line.slice(6);
    else if (line === 'order: any') steps.at(-1).anyOrder = true;
    else if (line.startsWith('err: ')) steps.at(-1).err = [...(steps.at(-1).err ?? []), line.slice(5)];
    else if (line.startsWith('file: ')) steps.at(-1).files.push(line.slice(6));
    else if (line.startsWith('in: ')) steps.at(-1).in.push(line.slice(4));
    else if (line.startsWith('out:')) steps.at(-1).out.push(line.slice(5));
    else if (line.startsWith('exit: ')) steps.at(-1).exit = Number(line.slice(6));
  }
  return sessions;
}

/** Writes the files of a step. @param {import('./session.d.mts').Step} step @param {string} dir */
export function placeFiles({ files }, dir) {
  for (const file of files) {
    const [, name, text] = /^(\S+) (.*)$/.exec(file);
    writeFileSync(join(dir, name), `${text.replaceAll('\\n', '\n')}\n`);
  }
}

/** The words of a command. @param {string} command */
export function wordsOf(command) {
  return Array.from(command.matchAll(/(?<= |^)(?:"([^"]*)"|'([^']*)'|(\S+))/g), ([, a, b, c]) => a ?? b ?? c);
}

/** @param {string} text @param {ReadonlyMap<string, string>} values */
export function filled(text, values) {
  return [...values].reduce((result, [name, value]) => result.replaceAll(`{${name}}`, value), text);
}

/** What a step keeps of its standard output. @param {import('./session.d.mts').Step} step @param {string} stdout */
export function kept({ keep }, stdout) {
  const [, name, regex] = /^(\S+) (.*)$/.exec(keep ?? '') ?? [];
  const found = name === undefined ? undefined : new RegExp(regex, 'm').exec(stdout)?.[1];
  return found === undefined ? [] : [[name, found]];
}

/** @param {import('./session.d.mts').Session[]} sessions */
export function printSessions(sessions) {
  const blocks = sessions.map(({ title, properties, steps }) => {
    const lines = steps.flatMap(({ run, files, keep, anyOrder, in: input, out, err, exit }) => [
      `run: ${run}`,
      ...files.map((file) => `file: ${file}`),
      ...(keep === undefined ? [] : [`keep: ${keep}`]),
      ...(anyOrder ? ['order: any'] : []),
      ...input.map((line) => `in: ${line}`),
      ...out.map((line) => `out: ${line}`),
      ...(err ?? []).map((line) => `err: ${line}`),
      `exit: ${exit}`,
    ]);
    return `${[`# ${title}`, ...properties.map((each) => `property: ${each}`), ...lines].join('\n')}\n`;
  });
  return blocks.join('\n');
}

/** Java prints its sets in another order in each run. @param {string} set */
const inOrder = (set) => set.replace(/[[\]]/g, '').split(', ').sort().join(', ');

/**
 * The lines of an output without what differs from run to run.
 * @param {string} text @param {string} broker @param {string} dir
 */
export function settled(text, broker, dir) {
  const port = broker.split(':')[1];
  const lines = text
    .replaceAll(broker, '{broker}')
    .replaceAll(dir, '{dir}')
    .replace(new RegExp(`\\b${port}\\b`, 'g'), '{port}')
    .replace(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] /gm, '{log} ')
    .replace(/(TopicId: )[\w-]{22}/g, '$1{id}')
    .replace(/(Cluster ID: )[\w-]{22}/g, '$1{cluster}')
    .replace(/^\t(?:at .*|\.\.\. \d+ more)\n/gm, '')
    .replace(/("logDir":"|"log_dirs":\[")\/[^"]+/g, '$1{logs}')
    .replace(/^[\w-]{22} +(?=[\w+/]{86}==)/gm, '{token} ')
    .replace(/(tokenId : )[\w-]{22}/g, '$1{token}')
    .replace(/[\w+/]{86}==/g, '{hmac}')
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d(?![:\d])/g, '{minute}')
    .replace(/Request Request\(.*?\) needs/g, 'Request {request} needs')
    .replace(/(directory\.id=)[\w-]{22}/g, '$1{directory}')
    .replace(/ clientId=adminclient-\d+\]/g, ' clientId=adminclient-1]')
    .replace(/(?<=Valid states are: |the following scenarios: ).*/g, inOrder)
    .replace(/\b1[78]\d{11}\b/g, '{ms}')
    .split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * The lines of standard error that count.
 * @param {string} text @param {string} broker @param {string} dir
 */
export const settledErrors = (text, broker, dir) =>
  settled(text, broker, dir).filter((line) => line !== '' && !/^(usage: | {7})/.test(line));
