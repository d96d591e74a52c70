#!/usr/bin/env node
// Other people's test suites against ktool's broker:
//
//   npm run interop [-- --only kgo,sarama] [--broker kafka] [--output DIR]
//
// Each suite is fetched from its registry into a cache outside the repository and gets a broker of its own. What a machine
// cannot run is named. With `--broker kafka` the same runs against Apache Kafka, to know what is not ktool's fault.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBroker } from './brokers.js';
import { excused } from './excused.js';
import { suites } from './suites.js';

const { values: flags } = parseArgs({
  options: { only: { type: 'string' }, broker: { type: 'string', default: 'ktool' }, output: { type: 'string' } },
});
const wanted = flags.only?.split(',');
const unknown = wanted?.filter((name) => !suites.some((suite) => suite.name === name)) ?? [];
if (unknown.length > 0 || !['ktool', 'kafka'].includes(flags.broker)) {
  console.error(`--broker is ktool or kafka; --only takes ${suites.map(({ name }) => name).join(',')}`);
  process.exit(1);
}

let failures = 0;
for (const suite of suites) {
  if (wanted && !wanted.includes(suite.name)) continue;
  const whyNot = suite.whyNot(flags.broker);
  console.log(`== ${suite.name} (${suite.version})`);
  if (whyNot) {
    console.log(`skipped: ${whyNot}`);
    continue;
  }
  report(suite, await outcome(suite));
}
process.exit(failures === 0 ? 0 : 1);

async function outcome(suite) {
  try {
    return await suite.run((options) => startBroker(flags.broker, options));
  } catch (error) {
    return [{ name: 'the suite', result: 'failed', output: String(error.stack ?? error) }];
  }
}

function report({ name }, results) {
  const reasons = flags.broker === 'ktool' ? (excused[name] ?? {}) : {};
  const of = (result) => results.filter((one) => one.result === result);
  const failed = of('failed').filter((one) => !(one.name in reasons));
  const excusedNow = of('failed').filter((one) => one.name in reasons);
  for (const one of excusedNow) console.log(`excused: ${one.name}: ${reasons[one.name]}`);
  for (const one of failed) console.log(`FAILED: ${one.name}`);
  if (flags.output) save(name, of('failed'));
  failures += failed.length;
  const rest = [`${of('skipped').length} skipped`, `${excusedNow.length} excused`].join(', ');
  console.log(`${name}: ${of('passed').length} passed, ${failed.length} failed (${rest})`);
}

function save(suite, failed) {
  const folder = join(flags.output, suite);
  mkdirSync(folder, { recursive: true });
  for (const { name, output } of failed)
    writeFileSync(join(folder, `${name.replaceAll(/[^\w.-]+/g, '_')}.txt`), output);
}
