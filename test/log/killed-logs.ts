// Logs that were killed or closed, and what was done to their files before the next start.
import { type MemoryFiles, memoryFiles } from '../../src/log/memory-files.ts';
import type { PartitionLog } from '../../src/log/partition-log.ts';
import { append, openLog, type TestManager } from './helpers.ts';

export const DIRECTORY = '/data';
export const LOG_FILE = '/data/orders-0/00000000000000000000.log';
export const UP_TO = (end: number) => Array.from({ length: end }, (_, i) => i);

export type Config = NonNullable<Parameters<typeof openLog>[0]>['config'];

export function open(files: MemoryFiles, config: Config = {}): Promise<TestManager & { log: PartitionLog }> {
  return openLog({ files, directory: DIRECTORY, config });
}

/** Opens what a killed broker left. */
export function reopen(files: MemoryFiles, config: Config = {}) {
  files.crash();
  return open(files, config);
}

/** A log of `count` batches, abandoned as by `kill -9`. */
export async function killed(count: number, config: Config = {}): Promise<MemoryFiles> {
  const files = memoryFiles();
  const { log } = await open(files, config);
  for (let i = 0; i < count; i++) append(log, { value: `value ${i}` });
  return files;
}

export function sizeOf(files: MemoryFiles, file: string): number {
  return files.stat(file)!.size;
}

/** Changes one byte. */
export function flip(files: MemoryFiles, file: string, position: number): void {
  const handle = files.open(file);
  const byte = Buffer.alloc(1);
  handle.read(byte, position);
  handle.write(Buffer.from([byte[0]! ^ 0x40]), position);
}
