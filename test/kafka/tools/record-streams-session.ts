// Plays the steps of test/broker/groups/streams/streams-steps.ts against a broker of Apache Kafka that was just formatted, with
// group.streams.initial.rebalance.delay.ms=0 and group.streams.assignment.interval.ms=0, and
// prints the answers, one line each: test/kafka/streams-session.txt.
//
//   npx esbuild test/kafka/tools/record-streams-session.ts --bundle --platform=node --format=esm --packages=external \
//     --outfile=node_modules/.cache/record-streams-session.mjs
//   node node_modules/.cache/record-streams-session.mjs 9092 > test/kafka/streams-session.txt
import { playStreamsSteps, TOPIC } from '../../broker/groups/streams/streams-steps.ts';
import { recordGroups } from './record-groups.ts';

await recordGroups(TOPIC, playStreamsSteps);
