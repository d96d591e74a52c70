// Records test/kafka/admin-session.jsonl from Apache Kafka 4.3.1, a new cluster of one node with id 1:
//   npx esbuild test/kafka/tools/record-admin-session.ts --bundle --platform=node --format=esm --outfile=/tmp/record.mjs
//   node /tmp/record.mjs 127.0.0.1 9092 > test/kafka/admin-session.jsonl
import { runAdminSession } from '../../broker/handlers/admin-session.ts';
import { ADMIN_STEPS } from '../../broker/handlers/admin-steps.ts';

const PAUSE_MS = 200;
const [host = '127.0.0.1', port = '9092'] = process.argv.slice(2);
for (const step of await runAdminSession(ADMIN_STEPS, host, Number(port), PAUSE_MS)) console.log(JSON.stringify(step));
