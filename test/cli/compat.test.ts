import { describe, expect, test } from 'vitest';
import { compatOf, exitStatus } from '../../src/cli/compat.ts';

/** No contexts are kept there. */
const HOME = { XDG_CONFIG_HOME: '/nowhere' };
const friendly = compatOf(HOME);
const script = compatOf({ ...HOME, KTOOL_SCRIPT: 'kafka-topics.sh' });
const kafka = compatOf({ KTOOL_COMPAT: 'kafka', KTOOL_SCRIPT: 'kafka-topics.sh' });

describe('exit status', () => {
  test.each([
    ['done', {}, 0, 0, 0],
    ['failed', { failed: true }, 1, 1, 1],
    ['failed, and Kafka returns 0', { failed: true, kafkaExit: 0 }, 1, 0, 0],
    ['done, and Kafka returns 1', { kafkaExit: 1 }, 0, 1, 1],
  ])('%s', (_, ending, asKtool, asScript, asKafka) => {
    expect(exitStatus(friendly, ending)).toBe(asKtool);
    expect(exitStatus(script, ending)).toBe(asScript);
    expect(exitStatus(kafka, ending)).toBe(asKafka);
  });
});

test('a missing address is localhost:9092, or the one of the environment; never under KTOOL_COMPAT=kafka', () => {
  expect(friendly.defaultBootstrap).toBe('localhost:9092');
  expect(script.defaultBootstrap).toBe('localhost:9092');
  expect(compatOf({ KTOOL_BOOTSTRAP_SERVER: 'a:1' }).defaultBootstrap).toBe('a:1');
  expect(compatOf({ ...HOME, KTOOL_BOOTSTRAP_SERVER: '' }).defaultBootstrap).toBe('localhost:9092');
  expect(compatOf({ KTOOL_BOOTSTRAP_SERVER: 'a:1', KTOOL_COMPAT: 'kafka' }).defaultBootstrap).toBeUndefined();
});

test('only under its own name does a command give up at once when nothing listens', () =>
  expect([friendly.failFast, script.failFast, kafka.failFast]).toEqual([true, false, false]));

test("under its own name no command advertises what Kafka's clients advertise", () =>
  expect([friendly.announcements, script.announcements, kafka.announcements]).toEqual([false, true, true]));

test('the three manners', () => {
  expect([friendly.manner, script.manner, kafka.manner]).toEqual(['friendly', 'script', 'kafka']);
  expect(kafka).toMatchObject({
    ownOptions: false,
    abbreviations: false,
    hints: false,
    helpOnStdout: false,
    tables: false,
  });
  expect(friendly).toMatchObject({
    ownOptions: true,
    asks: true,
    abbreviations: true,
    hints: true,
    helpOnStdout: true,
    tables: true,
  });
});

test("options of ktool's own, questions and progress are not there under the names of Kafka's scripts", () => {
  for (const { ownOptions, asks, progress } of [script, kafka])
    expect([ownOptions, asks, progress]).toEqual([false, false, false]);
  expect([friendly.ownOptions, friendly.asks, friendly.progress]).toEqual([true, true, true]);
});
