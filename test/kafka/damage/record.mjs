#!/usr/bin/env node
// Records what Apache Kafka 4.3.1 says of every case of family.mjs:
//   node test/kafka/damage/record.mjs '/opt/kafka/libs/*' > test/kafka/damage/recorded.txt
// `@` begins a target, `$` a case; `=N` is the N-th line that differs from those before it in the target, `=N-M` several of those.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseFiles, commandOf, targets, variants } from './family.mjs';

const [libraries] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), 'damage-'));
const cases = targets.flatMap((target, t) =>
  Array.from(variants(target), ([name, content], i) => ({ target, name, content, dir: join(dir, `${t}-${i}`) })),
);
for (const { target, content, dir } of cases)
  for (const [path, bytes] of [...baseFiles(target), [target.file, content]]) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
const commands = cases.map(({ target, dir }) => `${commandOf(target, dir).join(' ')}\n`).join('');
writeFileSync(join(dir, 'commands'), commands);
const java = fileURLToPath(new URL('DumpAll.java', import.meta.url));
const { stdout } = spawnSync('java', ['-Xmx512M', '-cp', libraries, java, join(dir, 'commands')], {
  encoding: 'utf8',
  maxBuffer: 2 ** 29,
  stdio: ['ignore', 'pipe', 'inherit'],
});
rmSync(dir, { recursive: true });

const answers = stdout.split(/^\$ .*\n/m).slice(1);
let known = [];
for (const [i, { target, name, dir }] of cases.entries()) {
  if (name === 'whole') {
    known = [];
    console.log(`@ ${target.name}: ${commandOf(target, '{dir}').join(' ')}`);
  }
  console.log(`$ ${name}`);
  let run;
  const endRun = () => run && console.log(run[0] === run[1] ? `=${run[0]}` : `=${run.join('-')}`);
  for (const line of answers[i].replaceAll(dir, '{dir}').trimEnd().split('\n')) {
    const at = known.indexOf(line);
    if (run && at === run[1] + 1) run[1] = at;
    else {
      endRun();
      run = at < 0 ? undefined : [at, at];
    }
    if (at < 0) console.log(known[known.push(line) - 1]);
  }
  endRun();
}
