import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { listenForInterrupt, type SignalSource } from '../../src/cli/interrupt.ts';

class FakeProcess extends EventEmitter implements SignalSource {
  readonly exits: number[] = [];
  exit(status: number): void {
    this.exits.push(status);
  }
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('the first %s asks for an end, the second forces it', (signal, status) => {
  const source = new FakeProcess();
  const interrupt = listenForInterrupt(source);
  expect([interrupt.signal.aborted, interrupt.status]).toEqual([false, undefined]);
  source.emit(signal);
  expect([interrupt.signal.aborted, interrupt.status]).toEqual([true, status]);
  expect(source.exits).toEqual([]);
  source.emit(signal);
  expect(source.exits).toEqual([status]);
});

test('afterwards signals are none of its business', () => {
  const source = new FakeProcess();
  listenForInterrupt(source).dispose();
  expect(source.emit('SIGINT')).toBe(false);
});
