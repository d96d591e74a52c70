// Records test/kafka/security-session.jsonl from Apache Kafka 4.3.1, a new cluster of one node with id 1:
//   npx esbuild test/kafka/tools/record-security-session.ts --bundle --platform=node --format=esm --outfile=/tmp/record.mjs
//   node /tmp/record.mjs 127.0.0.1 9092 > test/kafka/security-session.jsonl
import { runAdminSession } from '../../broker/handlers/admin-session.ts';
import { SECURITY_STEPS } from '../../broker/handlers/security-steps.ts';

const [host = '127.0.0.1', port = '9092'] = process.argv.slice(2);
for (const step of await runAdminSession(SECURITY_STEPS, host, Number(port))) console.log(JSON.stringify(step));
