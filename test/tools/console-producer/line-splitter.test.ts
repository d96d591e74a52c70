import { describe, expect, it } from 'vitest';
import { LineSplitter } from '../../../src/tools/console-producer/line-splitter.ts';

function split(...chunks: string[]): string[] {
  const splitter = new LineSplitter();
  const lines = chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk)));
  const last = splitter.end();
  return [...lines, ...(last ? [last] : [])].map(String);
}

describe('LineSplitter', () => {
  it('ends lines at \\n, \\r and \\r\\n', () => {
    expect(split('a\nb\r\nc\rd\n')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes a last line without an end, and none where nothing follows the last end', () => {
    expect(split('a\nb')).toEqual(['a', 'b']);
    expect(split('a\n')).toEqual(['a']);
    expect(split('')).toEqual([]);
  });

  it('keeps empty lines', () => {
    expect(split('\n\n\r\n\r\rx')).toEqual(['', '', '', '', '', 'x']);
  });

  it('keeps nothing of a chunk whose memory is used again', () => {
    const splitter = new LineSplitter();
    const memory = Buffer.from('one\ntw');
    expect(splitter.push(memory).map(String)).toEqual(['one']);
    memory.write('o\nxxxx');
    expect(splitter.push(memory.subarray(0, 2)).map(String)).toEqual(['two']);
  });

  it('answers the same however the bytes arrive', () => {
    const text = 'one\r\n\r\ntwo\n\nthree\rfour\r\r\n\nfünf';
    const whole = split(text);
    const bytes = Buffer.from(text);
    for (let size = 1; size <= 4; size++) {
      const splitter = new LineSplitter();
      const lines: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) lines.push(...splitter.push(bytes.subarray(at, at + size)));
      const last = splitter.end();
      expect([...lines, ...(last ? [last] : [])].map(String), `chunks of ${size}`).toEqual(whole);
    }
    expect(whole).toEqual(['one', '', 'two', '', 'three', 'four', '', '', 'fünf']);
  });

  it('knows a \\r at the end of a chunk as the end of its line without waiting for more', () => {
    const splitter = new LineSplitter();
    expect(splitter.push(Buffer.from('a\r')).map(String)).toEqual(['a']);
    expect(splitter.push(Buffer.from('\nb\n')).map(String)).toEqual(['b']);
  });

  it('gives views of the chunk, not copies', () => {
    const chunk = Buffer.from('abc\n');
    const [line] = new LineSplitter().push(chunk);
    expect(line?.buffer).toBe(chunk.buffer);
  });
});
