#!/usr/bin/env node
// Fills the answers of a session file in, from the scripts of Apache Kafka 4.3.1 and a fresh broker of it for each file:
//   node test/kafka/sessions/record.mjs --scripts /opt/kafka/bin --broker 127.0.0.1:9092 test/kafka/sessions/topics.session
// The broker has the properties that the file names.
// --scripts is a folder with kafka-topics.sh and so on, or a command that takes the script's name as its first word.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { filled, kept, parseSessions, placeFiles, printSessions, settled, settledErrors, wordsOf } from './session.mjs';

const { values, positionals } = parseArgs({
  options: { scripts: { type: 'string' }, broker: { type: 'string' } },
  allowPositionals: true,
});
const { scripts, broker } = values;
const folder = statSync(scripts).isDirectory();

for (const file of positionals) {
  const sessions = parseSessions(readFileSync(file, 'utf8'));
  const dir = mkdtempSync(join(tmpdir(), 'session-'));
  const values = new Map([
    ['broker', broker],
    ['dir', dir],
  ]);
  for (const step of sessions.flatMap(({ steps }) => steps)) {
    placeFiles({ files: step.files.map((file) => filled(file, values)) }, dir);
    const [script, ...args] = wordsOf(filled(step.run, values));
    const command = folder ? [join(scripts, `${script}.sh`)] : [scripts, script];
    const input = step.in.map((line) => `${line}\n`).join('');
    const { stdout, stderr, status } = spawnSync(command[0], [...command.slice(1), ...args], {
      encoding: 'utf8',
      input,
    });
    for (const [name, value] of kept(step, stdout)) values.set(name, value);
    Object.assign(step, { out: settled(stdout, broker, dir), exit: status });
    if (step.err) step.err = settledErrors(stderr, broker, dir).slice(0, step.err.length);
  }
  rmSync(dir, { recursive: true });
  writeFileSync(file, printSessions(sessions));
}
