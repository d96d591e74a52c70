#!/usr/bin/env node
// Fills the answers of a session file in, from the scripts of Apache Kafka 4.3.1 and a fresh broker of it for each file:
//   node test/kafka/sessions/record.mjs --scripts /opt/kafka/bin --broker 127.0.0.1:9092 test/kafka/sessions/topics.session
// --scripts is a folder with kafka-topics.sh and so on, or a command that takes the script's name as its first word.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseSessions, placeFiles, printSessions, settled } from './session.mjs';

const { values, positionals } = parseArgs({
  options: { scripts: { type: 'string' }, broker: { type: 'string' } },
  allowPositionals: true,
});
const { scripts, broker } = values;
const folder = statSync(scripts).isDirectory();

for (const file of positionals) {
  const sessions = parseSessions(readFileSync(file, 'utf8'));
  const dir = mkdtempSync(join(tmpdir(), 'session-'));
  for (const step of sessions.flatMap(({ steps }) => steps)) {
    placeFiles(step, dir);
    const [script, ...args] = step.run.replaceAll('{broker}', broker).replaceAll('{dir}', dir).split(' ');
    const command = folder ? [join(scripts, `${script}.sh`)] : [scripts, script];
    const input = step.in.map((line) => `${line}\n`).join('');
    const { stdout, status } = spawnSync(command[0], [...command.slice(1), ...args], { encoding: 'utf8', input });
    Object.assign(step, { out: settled(stdout, broker, dir), exit: status });
  }
  rmSync(dir, { recursive: true });
  writeFileSync(file, printSessions(sessions));
}
