// Plays the steps of test/broker/groups/group-steps.ts against a broker of Apache Kafka that was just formatted and
// prints the answers, one line each: test/kafka/group-session.txt.
//
//   npx esbuild test/kafka/tools/record-group-session.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.cache/record-group-session.mjs
//   node node_modules/.cache/record-group-session.mjs 9092 > test/kafka/group-session.txt
import { playGroupSteps, TOPIC } from '../../broker/groups/group-steps.ts';
import { recordGroups } from './record-groups.ts';

await recordGroups(TOPIC, playGroupSteps);
