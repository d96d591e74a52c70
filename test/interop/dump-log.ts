// Has Apache Kafka's kafka-dump-log read the files of a partition.
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import ownDumpLog from '../../src/commands/dump-log.ts';
import { capture } from '../cli/capture.ts';
import { KAFKA_JARS } from './kafka-jars.ts';
import { runAsync } from './run.ts';

const SUFFIXES = ['.log', '.index', '.timeindex', '.txnindex', '.snapshot'];

function filesOf(directory: string): string[] {
  const names = fs.readdirSync(directory).filter((name) => SUFFIXES.includes(path.extname(name)));
  const files = names.sort().map((name) => path.join(directory, name));
  return files.filter((file) => !isIndex(file) || !isGrowing(file));
}

const isIndex = (file: string) => /\.(index|timeindex)$/.test(file);

/** The index of a segment that is written to ends in zeros, which kafka-dump-log calls corrupt, in Kafka's own files too. */
function isGrowing(index: string): boolean {
  const bytes = fs.readFileSync(index);
  return bytes.length > 0 && bytes.subarray(-8).every((byte) => byte === 0);
}

/** What ktool's own dump-log prints of the same files. */
async function ownDump(directory: string, flags: readonly string[]): Promise<string> {
  const { stdout, output } = capture();
  const argv = [...flags, '--files', filesOf(directory).join(',')];
  await ownDumpLog.execute(argv, { env: { KTOOL_COMPAT: 'kafka' }, output });
  return stdout.text;
}

/** What kafka-dump-log prints for all files of a partition; its complaints go to stderr. */
async function dumpLog(
  directory: string,
  flags: readonly string[],
  gaps: boolean,
): Promise<{ output: string[]; complaints: string[] }> {
  const files = filesOf(directory);
  const tool = ['-Xmx256M', '-XX:TieredStopAtLevel=1', '-cp', path.join(KAFKA_JARS, '*')];
  const args = [...tool, 'org.apache.kafka.tools.DumpLogSegments', ...flags, '--files', files.join(',')];
  const { stdout, stderr } = await runAsync('java', args);
  // Of the first record of any segment but the first it says this even for Kafka's own files.
  const usual = [/^$|log4j|StatusLogger/i, /^Non-consecutive offsets in|^ {2}-1 is followed by \d+$/];
  // It looks for timestamps in records only, of which a batch that compaction emptied has none.
  const inGaps = [
    /^ {2}\d+ is followed by \d+$/,
    /^Found timestamp mismatch in|^ {2}Index timestamp: \d+, log timestamp: -1$/,
  ];
  const known = gaps ? [...usual, ...inGaps] : usual;
  return {
    output: stdout.split('\n'),
    complaints: stderr.split('\n').filter((line) => !known.some((one) => one.test(line))),
  };
}

/**
 * Checks every file of a partition with kafka-dump-log. Returns how many records it saw.
 * @param gaps whether offsets may be missing, as after compaction
 */
export async function expectKafkaToRead(directory: string, gaps = false): Promise<number> {
  for (const flags of [['--print-data-log'], ['--verify-index-only'], ['--index-sanity-check']])
    expect((await ownDump(directory, flags)).split('\n')).toEqual((await dumpLog(directory, flags, gaps)).output);
  const sane = await dumpLog(directory, ['--index-sanity-check'], gaps);
  const indexes = filesOf(directory).filter(isIndex);
  const passed = sane.output.filter((line) => line.endsWith(' passed sanity check.') || line.endsWith(' is empty.'));
  expect(sane.complaints).toEqual([]);
  expect(passed).toHaveLength(indexes.length);
  const deep = await dumpLog(directory, ['--deep-iteration'], gaps);
  expect(deep.complaints).toEqual([]);
  expect(deep.output.filter((line) => line.includes('isvalid: false'))).toEqual([]);
  expect(deep.output.filter((line) => /corrupt|invalid bytes|truncated/i.test(line))).toEqual([]);
  return deep.output.filter((line) => line.startsWith('| offset:')).length;
}
