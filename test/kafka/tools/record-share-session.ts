// Plays the steps of test/broker/groups/share/share-steps.ts against a broker of Apache Kafka that was just formatted and
// started with `group.share.assignment.interval.ms=0 group.share.max.size=3`, and prints the answers, one line each: test/kafka/share-session.txt.
//
//   npx esbuild test/kafka/tools/record-share-session.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.cache/record-share-session.mjs
//   node node_modules/.cache/record-share-session.mjs 9092 > test/kafka/share-session.txt
import { playShareSteps, TOPIC } from '../../broker/groups/share/share-steps.ts';
import { recordGroups } from './record-groups.ts';

await recordGroups(TOPIC, playShareSteps, 4000);
