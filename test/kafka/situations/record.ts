// Records what Apache Kafka's scripts say in a situation, into its file; the broker is one that was just formatted, with the
// properties that the file names:
//   npx esbuild test/kafka/situations/record.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.cache/record-situation.mjs
//   node node_modules/.cache/record-situation.mjs SCRIPTS 127.0.0.1:9092 NAME
// SCRIPTS is a command that takes the name of a script as its first word.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { filled, parseSessions, printSessions, wordsOf } from '../sessions/session.mjs';
import { SITUATIONS } from './situations.ts';
import { told, toldErrors } from './told.ts';

const [scripts = '', broker = '', name = ''] = process.argv.slice(2);
const file = `test/kafka/situations/${name}.session`;
const sessions = parseSessions(readFileSync(file, 'utf8'));
const end = await SITUATIONS[name]!(broker);
for (const step of sessions.flatMap(({ steps }) => steps)) {
  const argv = wordsOf(filled(step.run, new Map([['broker', broker]])));
  const { stdout, stderr, status } = spawnSync(scripts, argv, { encoding: 'utf8' });
  Object.assign(step, { out: told(stdout, broker), err: toldErrors(stderr, broker), exit: status });
}
await end();
writeFileSync(file, printSessions(sessions));
process.exit(0);
