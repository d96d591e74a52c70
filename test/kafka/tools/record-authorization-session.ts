// Records test/kafka/authorization-session.jsonl from Apache Kafka 4.3.1, a new cluster of one node with id 1 and the
// properties that test/broker/authorization/session.ts names, log level of kafka.server.KafkaApis left alone:
//   npx esbuild test/kafka/tools/record-authorization-session.ts --bundle --platform=node --format=esm --outfile=/tmp/record.mjs
//   node /tmp/record.mjs 9092 > test/kafka/authorization-session.jsonl
import { runAuthorizationSession } from '../../broker/authorization/session.ts';

const [port = '9092'] = process.argv.slice(2);
for (const step of await runAuthorizationSession(Number(port), 200)) console.log(JSON.stringify(step));
