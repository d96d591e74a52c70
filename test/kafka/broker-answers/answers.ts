// What scripts say when a broker answers an error that nobody expects: cases, and Kafka's answers to them (answers.txt).
//   # COMMAND                      as in commands.ts
//   @ API PLACE CODE [once]        the error, of all answers or the first alone
//   @ API=VERSION …                what the broker says it has of its APIs: no version above this one, nothing with `-`
//   @ release VERSION              the same, of all APIs as they were then (releases.ts)
//   = STATUS
//   > LINE                         of standard output
//   ! LINE                         of standard error: the first, and those of the log, sorted
import type { RiggedBroker, RiggedError, RiggedVersions } from '../../helpers/rigged-broker.ts';
import { settled } from '../sessions/session.mjs';
import { startCluster } from './cluster.ts';
import { onlyLooks, wordsFor } from './commands.ts';
import { RELEASES } from './releases.ts';

export interface AnswerCase {
  readonly command: string;
  /** How the file says it. */
  readonly rig: string;
  readonly error?: RiggedError;
  readonly versions?: RiggedVersions;
}

export interface Answer {
  readonly status: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** What a script said, as it is. */
export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

export type RunScript = (words: readonly string[]) => Promise<Said>;

export function parseAnswers(text: string): [AnswerCase, Answer][] {
  const found: [AnswerCase, { status: number; out: string[]; err: string[] }][] = [];
  let command = '';
  for (const line of text.split('\n')) {
    const rest = line.slice(2);
    if (line.startsWith('# ')) command = rest;
    else if (line.startsWith('@ ')) found.push([caseOf(command, rest), { status: 0, out: [], err: [] }]);
    else if (line.startsWith('= ')) found.at(-1)![1].status = Number(rest);
    else if (line.startsWith('>')) found.at(-1)![1].out.push(rest);
    else if (line.startsWith('!')) found.at(-1)![1].err.push(rest);
  }
  return found;
}

function caseOf(command: string, rig: string): AnswerCase {
  const words = rig.split(' ');
  if (rig.includes('=')) {
    const caps = words.map((word) => word.split('='));
    const versions = Object.fromEntries(caps.map(([api, cap]) => [api!, cap === '-' ? null : Number(cap)]));
    return { command, rig, versions };
  }
  const [api = '', place = '', code, once] = words;
  if (api === 'release') return { command, rig, versions: RELEASES[place]! };
  return { command, rig, error: { api, place, code: Number(code), times: once ? 1 : undefined } };
}

export function printAnswers(answers: readonly (readonly [AnswerCase, Answer])[]): string {
  let command = '';
  return answers
    .flatMap(([{ command: own, rig }, { status, out, err }]) => {
      const head = own === command ? [] : [`# ${own}`];
      command = own;
      return [...head, `@ ${rig}`, `= ${status}`, ...out.map((line) => `> ${line}`), ...err.map((line) => `! ${line}`)];
    })
    .map((line) => `${line}\n`)
    .join('');
}

const USAGE = /^(usage: | {7})/;
/** Not how often an unknown code is read in an answer, nor what clients say that an earlier script in the JVM has left. */
const isCounted = (line: string): boolean =>
  line !== '' && !USAGE.test(line) && !line.includes('Unexpected error code:') && !OF_OTHERS.test(line);
const OF_OTHERS = /Connection to node \S+ \(\/127\.0\.0\.1:\d+\) could not be established/;

/** What the last try of a call that had no more time met. */
const LAST_TRY = /^Caused by: \S+DisconnectException: Cancelled /;

/** What counts of an answer: without the names, times and numbers of one run. */
export function answerOf({ status, out, err }: Said, address: string, dir: string): Answer {
  const lines = (text: string) =>
    settled(text, address, dir)
      .filter((line) => !LAST_TRY.test(line))
      .map(withoutTimes);
  const errors = lines(err).filter(isCounted);
  const isLog = (line: string) => line.startsWith('{log}');
  const first = errors.slice(0, 1).filter((line) => !isLog(line));
  return { status: status, out: lines(out), err: [...first, ...errors.filter(isLog).sort()] };
}

/** Which of its tries a call has no more time for is chance, and so is which of several partitions Kafka's scripts name. */
const withoutTimes = (line: string): string =>
  line
    .replace(/Call\(callName=(\w+).*? timed out at \S+ after \d+ attempt\(s\)/, '$1 {timed out}')
    .replace(/Timed out waiting for a node assignment\. Call: (\w+)(\(api=\w+\))?/, '$1 {timed out}')
    .replace(/(Failed to fetch metadata for partition|during metadata lookup for) \S+/, '$1 {partition}')
    .replace(/(for partition \{partition\} .*topic )`[^`]+`/, '$1{topic}')
    .replace(/Member [\w-]{22} /, 'Member {member} ')
    .replace(/(?<=memberId=')[^']+/, '{member}')
    .replace(/console-consumer-\d+/, 'console-consumer-1')
    .replace(/((?:offset response|offsets) for partition) t-\d/, '$1 t-{n}')
    .replace(/correlation id \d+/, 'correlation id 1')
    .replace(/("size":)\d+/g, '$10')
    .replace(/(\{ms\}\s+\t)\d+ +(?=\t)/, '$1{ms}')
    .replace(/(?<=clientId=)(adminclient|consumer-\w+)-\d+/g, '$1-1');

/** Runs cases one after the other on clusters of their own; those that change nothing share one. */
export async function answers(cases: readonly AnswerCase[], run: RunScript, dir: string): Promise<Answer[]> {
  const given: Answer[] = [];
  let cluster: RiggedBroker | undefined;
  for (const each of cases) {
    cluster ??= await startCluster();
    cluster.rig(each);
    const said = await run(wordsFor(each.command, cluster.address, dir));
    given.push(answerOf(said, cluster.address, dir));
    if (onlyLooks(each.command)) continue;
    await cluster.close();
    cluster = undefined;
  }
  await cluster?.close();
  return given;
}
