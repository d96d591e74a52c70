// Ports that have to be known before something listens there, or where nothing ever does.
import { createServer } from 'node:net';

/** Below the ports that systems choose themselves, for listeners on port 0 and for every connection of a test beside this one. */
const [FIRST, LAST] = [10_000, 29_999];
/** Where each of the processes that run tests begins; their ids lie close together. */
const APART = 100;
let used = 0;

/** The first of `count` consecutive ports on which nothing listens, none of which this process has been given before. */
export async function freePort(count = 1): Promise<number> {
  const ports = LAST - FIRST + 1 - count;
  for (let tries = 0; tries < ports; tries++) {
    const first = FIRST + ((process.pid * APART + used) % ports);
    const run = Array.from({ length: count }, (_, i) => first + i);
    used += count;
    if ((await Promise.all(run.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`Of the ports ${FIRST} to ${LAST} none is free`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
      .on('error', () => resolve(false))
      .on('listening', () => server.close(() => resolve(true)))
      .listen(port);
  });
}
