// Records test/kafka/authorization-session.jsonl and, with `operations` and `tokens`, authorization-operations.jsonl and
// token-access-session.jsonl from Apache Kafka 4.3.1, each from a new cluster of one node with id 1 and the properties that
// test/broker/authorization/session.ts, operations.ts and token-session.ts name, log level of kafka.server.KafkaApis left alone:
//   npx esbuild test/kafka/tools/record-authorization-session.ts --bundle --platform=node --format=esm --outfile=/tmp/record.mjs
//   node /tmp/record.mjs 9092 > test/kafka/authorization-session.jsonl
//   node /tmp/record.mjs 9092 operations > test/kafka/authorization-operations.jsonl
//   node /tmp/record.mjs 9092 tokens > test/kafka/token-access-session.jsonl
import { runOperationsSession } from '../../broker/authorization/operations.ts';
import { runAuthorizationSession } from '../../broker/authorization/session.ts';
import { runTokenSession } from '../../broker/authorization/token-session.ts';

const RUNS = { all: runAuthorizationSession, operations: runOperationsSession, tokens: runTokenSession };

const [port = '9092', what = 'all'] = process.argv.slice(2);
for (const step of await RUNS[what as keyof typeof RUNS](Number(port), 200)) console.log(JSON.stringify(step));
