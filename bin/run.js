#!/usr/bin/env node
// The program: what was built into dist/.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runScript } from './scripts.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const settings = { root, argv: process.argv.slice(2) };
const startsBroker = /^(server|kafka-server-start(\.sh)?)$/.test(settings.argv[0]);

if (!existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  console.error(`ktool is not built yet. In ${root} run: npm run build`);
  process.exitCode = 1;
} else if (startsBroker || !(await runScript(settings))) {
  const { main } = await import('../dist/cli/main.js');
  await main(settings);
}
