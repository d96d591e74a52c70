// Records test/kafka/odd-session.jsonl from Apache Kafka 4.3.1, a new cluster of one node with id 1:
//   npx esbuild test/kafka/tools/record-odd-session.ts --bundle --platform=node --format=esm --outfile=/tmp/record.mjs
//   node /tmp/record.mjs 127.0.0.1 9092 > test/kafka/odd-session.jsonl
import { setTimeout } from 'node:timers/promises';
import { runAdminSession } from '../../broker/handlers/admin-session.ts';
import { ODD_PREPARATION, ODD_STEPS } from '../../broker/handlers/odd-steps.ts';

const SETTLE_MS = 4000;
const [host = '127.0.0.1', port = '9092'] = process.argv.slice(2);
const ids = new Map<string, string>();
await runAdminSession(ODD_PREPARATION, host, Number(port), 0, ids);
await setTimeout(SETTLE_MS);
const answers = await runAdminSession(ODD_STEPS, host, Number(port), 0, ids);
for (const { api, version, response } of answers) console.log(JSON.stringify({ api, version, response }));
