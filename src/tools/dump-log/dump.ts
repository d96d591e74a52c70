// Goes through the files that were asked for (org.apache.kafka.tools.DumpLogSegments).
import { type Files, nodeFiles } from '../../log/files.ts';
import { JavaException } from '../java-exception.ts';
import type { Decoder } from './decoders.ts';
import type { DumpEvent } from './event.ts';
import { absolute, FoundWrong } from './found-wrong.ts';
import { dumpOffsetIndex, dumpTimeIndex, type IndexMode } from './index-files.ts';
import { dumpRecords } from './log-file.ts';
import { dumpProducers, dumpTransactionIndex } from './state-files.ts';

export interface DumpPlan {
  readonly paths: readonly string[];
  readonly indexMode: IndexMode;
  /** Read when a file is dumped: what is wrong with them ends the dump only there. */
  readonly log: () => {
    readonly deep: boolean;
    readonly decoder: Decoder | undefined;
    readonly skipRecordMetadata: boolean;
    readonly maxBytes: number;
  };
  readonly maxMessageSize: () => number;
}

/** What there is, part by part. @throws JavaException, also from a part, where Kafka's script ends with an exception */
export async function* dumpFiles(plan: DumpPlan, files: Files = nodeFiles): AsyncGenerator<Iterable<DumpEvent>> {
  const found = new FoundWrong();
  for (const path of plan.paths) {
    yield [{ type: 'file', file: path }];
    try {
      for await (const part of dumpFile(files, path, plan, found)) yield withMissing(part);
    } catch (error) {
      throw missing(error) ?? error;
    }
  }
  yield Array.from(found.complaints(), (text) => ({ type: 'complaint', text }) as const);
}

function* withMissing(part: Iterable<DumpEvent>): Generator<DumpEvent> {
  try {
    yield* part;
  } catch (error) {
    throw missing(error) ?? error;
  }
}

type Parts = AsyncGenerator<Iterable<DumpEvent>>;

async function* dumpFile(files: Files, path: string, plan: DumpPlan, found: FoundWrong): Parts {
  switch (suffixOf(path)) {
    case '.log':
    case '.checkpoint':
      yield* dumpLog(files, path, plan, found);
      return;
    case '.index':
      yield dumpOffsetIndex(indexDump(files, path, plan, found));
      return;
    case '.timeindex':
      yield* dumpTimeIndex(indexDump(files, path, plan, found));
      return;
    case '.snapshot':
      yield dumpProducers(files, path);
      return;
    case '.txnindex':
      yield dumpTransactionIndex(files, absolute(path));
      return;
    default:
      yield [{ type: 'complaint', text: `Ignoring unknown file ${path}` }];
  }
}

async function* dumpLog(files: Files, path: string, plan: DumpPlan, found: FoundWrong): Parts {
  const options = plan.log();
  yield [headline(path)];
  const file = files.open(path);
  try {
    yield* dumpRecords(file, path, options, (last, next) => found.addGap(path, last, next));
  } finally {
    file.close();
  }
}

function headline(path: string): DumpEvent {
  if (suffixOf(path) === '.log') return { type: 'log', startOffset: startOffsetOf(path) };
  if (nameOf(path) === 'bootstrap.checkpoint') return { type: 'snapshot', endOffset: null, epoch: null };
  const [endOffset, epoch] = [numberAt(nameOf(path), 0, 20), numberAt(nameOf(path), 21, 31)];
  return { type: 'snapshot', endOffset, epoch };
}

/** The number at a place of a snapshot's name (Snapshots.parse). */
function numberAt(name: string, begin: number, end: number): number {
  if (name.length < end)
    throw new JavaException(
      'java.lang.StringIndexOutOfBoundsException',
      `begin ${begin}, end ${end}, length ${name.length}`,
    );
  return javaNumber(name.slice(begin, end));
}

function indexDump(files: Files, path: string, plan: DumpPlan, found: FoundWrong) {
  return {
    files,
    path,
    startOffset: startOffsetOf(path),
    mode: plan.indexMode,
    maxMessageSize: plan.maxMessageSize(),
    mismatches: found.indexMismatches(path),
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function suffixOf(path: string): string {
  const dot = nameOf(path).lastIndexOf('.');
  return dot < 0 ? '' : nameOf(path).slice(dot);
}

/** @throws JavaException for a name that is no number */
function startOffsetOf(path: string): number {
  return javaNumber(nameOf(path).split('.')[0]!);
}

function javaNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new JavaException('java.lang.NumberFormatException', `For input string: "${text}"`);
  return Number(text);
}

/** The exception of Java for a file that cannot be opened. */
function missing(error: unknown): JavaException | undefined {
  const { code, path } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? new JavaException('java.nio.file.NoSuchFileException', path) : undefined;
}
