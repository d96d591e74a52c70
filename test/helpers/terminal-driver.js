// Runs many command lines of the built program in one process at a terminal: node terminal-driver.js LINES.json, a list of
// { argv, until? }; with `until` Ctrl-C comes as soon as that is on the screen. Each answer stands between marks with its status.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from '../../dist/cli/main.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const write = process.stdout.write.bind(process.stdout);

class Ended extends Error {
  constructor(status) {
    super(`ended with ${status}`);
    this.status = status;
  }
}
process.exit = (status) => {
  throw new Ended(status);
};
for (const stream of [process.stdout, process.stderr]) stream.setMaxListeners(0);

async function run({ argv, until }) {
  let shown = '';
  let told = false;
  const watching =
    (stream, original) =>
    (chunk, ...rest) => {
      shown += chunk;
      if (until !== undefined && !told && shown.includes(until)) {
        told = true;
        setImmediate(() => process.emit('SIGINT'));
      }
      return original.call(stream, chunk, ...rest);
    };
  process.stdout.write = watching(process.stdout, write);
  // What a process that ends takes along.
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  try {
    await main({ root, argv });
    return process.exitCode ?? 0;
  } catch (error) {
    if (error instanceof Ended) return error.status;
    throw error;
  } finally {
    process.stdout.write = write;
  }
}

for (const line of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const status = await run(line);
  write(`\u001e${status}\u001e`);
}
process.kill(process.pid, 'SIGKILL');
