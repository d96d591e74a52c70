// Records test/kafka/counted-session.jsonl from Apache Kafka 4.3.1, a new cluster of one node with id 1:
//   npx esbuild test/kafka/tools/record-counted-session.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.record.mjs && node node_modules/.record.mjs 127.0.0.1 9092 > test/kafka/counted-session.jsonl
import { setTimeout } from 'node:timers/promises';
import { loadCodec } from '../../../src/protocol/records/compression.ts';
import { runAdminSession } from '../../broker/handlers/admin-session.ts';
import { COUNTED_PREPARATION, countedSteps } from '../../broker/handlers/counted-steps.ts';

const SETTLE_MS = 2000;
const [host = '127.0.0.1', port = '9092'] = process.argv.slice(2);
for (const codec of [1, 2, 3, 4]) await loadCodec(codec);
await runAdminSession(COUNTED_PREPARATION, host, Number(port));
await setTimeout(SETTLE_MS);
for (const { api, version, response } of await runAdminSession(countedSteps(), host, Number(port)))
  console.log(JSON.stringify({ api, version, response }));
