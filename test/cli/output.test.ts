import { describe, expect, test } from 'vitest';
import { logLine, toolLogger } from '../../src/cli/log-lines.ts';
import { capture } from './capture.ts';

describe('colour', () => {
  test.each([
    ['a terminal', 80, {}, true],
    ['a pipe', undefined, {}, false],
    ['NO_COLOR', 80, { NO_COLOR: '1' }, false],
    ['an empty NO_COLOR means nothing', 80, { NO_COLOR: '' }, true],
    ['FORCE_COLOR into a pipe', undefined, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', 80, { FORCE_COLOR: '0' }, false],
    ['NO_COLOR wins', undefined, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['a terminal without colour', 80, { TERM: 'dumb' }, false],
  ])('%s', (_, columns, env, colour) =>
    expect(capture({ env, ...(columns === undefined ? {} : { columns }) }).output.colour).toBe(colour),
  );
});

describe('what others wrote', () => {
  const EVIL = 'a\tb\u001b]0;title\u0007\r\u0085\u202e注\n';

  test('is written out at a terminal, text and bytes, data and messages', () => {
    const { output, stdout, stderr } = capture({ columns: 80 });
    output.write(EVIL);
    output.stdout.write(Buffer.from(EVIL));
    output.warn(EVIL.trimEnd());
    output.status(EVIL);
    const shown = 'a\tb\\u001b]0;title\\u0007\\r\\u0085\\u202e注\n';
    expect(stdout.text).toBe(shown + shown);
    expect(stderr.text).toBe(`${shown}\r\u001b[K${shown.replace('\t', '\\t').replace('\n', '\\n')}`);
  });

  test('goes into a pipe byte for byte', () => {
    const { output, stdout, stderr } = capture();
    output.write(EVIL);
    output.stdout.write(Buffer.from(EVIL));
    output.warn(EVIL);
    expect(stdout.text).toBe(EVIL + EVIL);
    expect(stderr.text).toBe(`${EVIL}\n`);
  });

  test('does not end what is drawn beside it: status lines are one line, cut to the terminal', () => {
    const { output, stderr } = capture({ columns: 10 });
    output.status('0123456789 and more');
    expect(stderr.text).toBe('\r\u001b[K01234567…');
  });
});

describe('when the reader of standard output goes away', () => {
  test('the process ends', () => {
    const captured = capture();
    captured.stdout.fail('EPIPE');
    expect(captured.closed).toBe(1);
  });

  test('a command that listens ends in its own way', () => {
    const captured = capture();
    let told = 0;
    captured.output.onClosed(() => told++);
    captured.stdout.fail('EPIPE');
    expect([told, captured.closed]).toEqual([1, 0]);
  });

  test('other errors are not hidden', () => {
    const captured = capture();
    expect(() => captured.stdout.fail('EIO')).toThrow('write EIO');
  });
});

test('log lines have the layout of log4j, in local time', () => {
  const line = logLine('ERROR', 'text', 'some.Logger', new Date(2026, 0, 2, 3, 4, 5, 6));
  expect(line).toBe('[2026-01-02 03:04:05,006] ERROR text (some.Logger)');
});

test('the logger of a tool shows warnings and errors', () => {
  const { output, stderr } = capture();
  const logger = toolLogger(output, 'a.B', 'c.D');
  logger.debug('1');
  logger.info('2');
  logger.warn('3');
  logger.error('4');
  logger.warn("Couldn't resolve server x:1");
  expect(stderr.text.replaceAll(/\[.*?\]/g, '[time]')).toBe(
    "[time] WARN 3 (a.B)\n[time] ERROR 4 (c.D)\n[time] WARN Couldn't resolve server x:1 (org.apache.kafka.clients.ClientUtils)\n",
  );
});
