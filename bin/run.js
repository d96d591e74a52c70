#!/usr/bin/env node
// The program: the bundle in dist/, with compiled code kept between runs where Node can (22.1 and later).
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (existsSync(new URL('../dist/cli/main.js', import.meta.url))) {
  module.enableCompileCache?.();
  const { main } = await import('../dist/cli/main.js');
  await main({ root, argv: process.argv.slice(2) });
} else {
  console.error(`ktool is not built yet. In ${root} run: npm run build`);
  process.exitCode = 1;
}
