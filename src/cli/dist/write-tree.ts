// A folder that looks like an unpacked Kafka.
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { configFiles } from './config/index.ts';
import { goneScripts } from './gone-scripts.ts';
import { kafkaScripts } from './scripts.ts';
import { LAUNCHER, launcher, shim } from './shims.ts';

export interface WrittenTree {
  readonly home: string;
  /** How many scripts there are, each with and without `.sh`. */
  readonly scripts: number;
  /** Files of config that were there already and stay as they are. */
  readonly kept: readonly string[];
}

/**
 * Writes scripts and settings; what is in `home` of an earlier time is brought up to date, settings that are there are kept.
 * @param program what Node runs: bin/run.js
 * @throws Error on a folder that has something else in it
 */
export function writeTree(home: string, { node, program }: { node: string; program: string }): WrittenTree {
  if (existsSync(home) && readdirSync(home).length > 0 && !existsSync(join(home, LAUNCHER)))
    throw new Error(`${home} is not empty, and not of ktool's making: choose another folder`);
  writeProgram(join(home, LAUNCHER), launcher({ node, program }));
  for (const name of [...Object.keys(kafkaScripts), ...Object.keys(goneScripts)])
    for (const spelling of [name, `${name}.sh`]) writeProgram(join(home, 'bin', spelling), shim(name));
  const kept: string[] = [];
  for (const [name, text] of Object.entries(configFiles(home))) {
    const file = join(home, 'config', name);
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file)) kept.push(join('config', name));
    else writeFileSync(file, text);
  }
  return { home, scripts: Object.keys(kafkaScripts).length, kept };
}

function writeProgram(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
