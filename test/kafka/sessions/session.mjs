// Sessions of Kafka's scripts: what to run, and what Apache Kafka answered.
//   # title            begins a session; all of a file run on one broker, in order
//   run: COMMAND       words between blanks; {broker} stands for the broker's address, {dir} for a folder of the session's
//   file: NAME TEXT    a file with one line that is in that folder before the command runs
//   in: LINE           a line of standard input
//   out: LINE          a line of standard output
//   exit: STATUS
// What differs from run to run is {broker}, {port}, {dir}, {id} (a topic's), {cluster}, {logs} (a log directory) and {ms}.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @param {string} text @returns {{ title: string, steps: import('./session.d.mts').Step[] }[]} */
export function parseSessions(text) {
  const sessions = [];
  for (const line of text.split('\n')) {
    const steps = sessions.at(-1)?.steps;
    if (line.startsWith('# ')) sessions.push({ title: line.slice(2), steps: [] });
    else if (line.startsWith('run: ')) steps.push({ run: line.slice(5), files: [], in: [], out: [], exit: 0 });
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
    writeFileSync(join(dir, name), `${text}\n`);
  }
}

/** @param {ReturnType<typeof parseSessions>} sessions */
export function printSessions(sessions) {
  const blocks = sessions.map(({ title, steps }) => {
    const lines = steps.flatMap(({ run, files, in: input, out, exit }) => [
      `run: ${run}`,
      ...files.map((file) => `file: ${file}`),
      ...input.map((line) => `in: ${line}`),
      ...out.map((line) => `out: ${line}`),
      `exit: ${exit}`,
    ]);
    return `# ${title}\n${lines.join('\n')}\n`;
  });
  return blocks.join('\n');
}

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
    .replace(/(TopicId: )[\w-]{22}/g, '$1{id}')
    .replace(/(Cluster ID: )[\w-]{22}/g, '$1{cluster}')
    .replace(/^\tat .*\n/gm, '')
    .replace(/("logDir":"|"log_dirs":\[")\/[^"]+/g, '$1{logs}')
    .replace(/\b1[78]\d{11}\b/g, '{ms}')
    .split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
