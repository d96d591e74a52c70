// What kafka-share-groups and kafka-console-share-consumer refuse before they talk to a cluster.
import { expect, test } from 'vitest';
import { compatOf } from '../../../../src/cli/compat.ts';
import { parseScript } from '../../../../src/cli/options/parse-script.ts';
import { consoleShareConsumer } from '../../../../src/cli/options/scripts/console-share-consumer.ts';
import { checkConsoleShareConsumer } from '../../../../src/cli/options/scripts/console-share-consumer-checks.ts';
import { shareGroups } from '../../../../src/cli/options/scripts/share-groups.ts';
import { checkShareGroups } from '../../../../src/cli/options/scripts/share-groups-checks.ts';
import {
  acknowledgementMode,
  verifiableShareConsumer,
} from '../../../../src/cli/options/scripts/verifiable-share-consumer.ts';

const compat = compatOf({ KTOOL_COMPAT: 'kafka' });
const AT = '--bootstrap-server b:1';

test.each([
  ['--list', 'Missing required argument "[bootstrap-server]"'],
  [AT, 'Command must include exactly one action: --list, --describe, --delete, --reset-offsets, --delete-offsets.'],
  [`${AT} --describe`, 'Option [describe] takes one of these options: [all-groups], [group]'],
  [`${AT} --describe --group g --state x`, 'Option [describe] does not take a value for [state]'],
  [`${AT} --describe --group g --all-groups`, 'Option "[group]" can\'t be used with option "[all-groups]"'],
  [`${AT} --delete --group g --all-groups`, 'Option [delete] takes either [group] or [all-groups], not both.'],
  [`${AT} --delete --group g --topic t`, 'Option [delete] does not take the option: [topic]'],
  [`${AT} --delete-offsets --topic t`, 'Option [delete-offsets] takes the following options: [group], [topic]'],
  [`${AT} --describe --group g --topic t`, 'Option "[topic]" can\'t be used with option "[describe]"'],
  [
    `${AT} --reset-offsets --group g --topic t --to-latest --execute --dry-run`,
    'Option [reset-offsets] only accepts one of [execute] and [dry-run]',
  ],
])('share-groups %s', (line, message) => {
  expect(() => checkShareGroups(parseScript(shareGroups, line.split(' '), compat))).toThrow(message);
});

function consolePlan(line: string) {
  const notices: string[] = [];
  const say = (text: string) => void notices.push(text);
  const options = parseScript(consoleShareConsumer, line.split(' '), compat);
  const listener = {
    notice: say,
    warn: say,
    formatterLog: (_level: string, text: string) => say(text),
    listsClasses: false,
  };
  return { ...checkConsoleShareConsumer(options, listener), notices };
}

test.each([
  [AT, '--topic is a required argument'],
  ['--topic t', 'Missing required argument "[bootstrap-server]"'],
  [`${AT} --topic t --reject --release`, 'At most one of --reject and --release may be specified.'],
  [
    `${AT} --topic t --group a --command-property group.id=b`,
    "The group ids provided in different places (directly using '--group', via '--consumer-property', or via '--consumer-config') do not match. Detected group ids: 'a', 'b'",
  ],
])('console-share-consumer %s', (line, message) => {
  expect(() => consolePlan(line)).toThrow(message);
});

test('the settings of a console share consumer', () => {
  const { consumer, acknowledge, notices } = consolePlan(`${AT} --topic t --release --consumer-property x=y`);
  expect(consumer).toEqual({
    'bootstrap.servers': 'b:1',
    'client.id': 'console-share-consumer',
    'group.id': 'console-share-consumer',
    'share.acknowledgement.mode': 'explicit',
    x: 'y',
  });
  expect(acknowledge).toBe('release');
  expect(notices).toEqual([
    'Option --consumer-property is deprecated and will be removed in a future version. Use --command-property instead.',
  ]);
});

test('the modes of verifiable-share-consumer', () => {
  const mode = (word: string) => {
    const words = `${AT} --topic t --group-id g --acknowledgement-mode ${word}`.split(' ');
    return acknowledgementMode(parseScript(verifiableShareConsumer, words, compat));
  };
  expect(mode('SYNC')).toBe('sync');
  expect(() => mode('maybe')).toThrow(
    'No enum constant org.apache.kafka.tools.VerifiableShareConsumer.AcknowledgementMode.MAYBE',
  );
});
