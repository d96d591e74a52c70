import { describe, expect, test } from 'vitest';
import { failureLines } from '../../../src/cli/terminal/failure.ts';
import { plainLine, plainLog, plainMistake } from '../../../src/cli/terminal/plain-words.ts';
import { ClientCreationError, ConfigError, ConnectionError } from '../../../src/client/errors.ts';
import { ErrorCode, KafkaError } from '../../../src/protocol/errors.ts';

const wrapped = (cause: Error) => new Error('Failed', { cause });

describe('a failure at a terminal', () => {
  test.each([
    [
      'Error while executing ACL command: org.apache.kafka.common.errors.SecurityDisabledException: No Authorizer is here',
      'No Authorizer is here',
    ],
    [
      'Error: Executing consumer group command failed due to org.apache.kafka.common.errors.GroupIdNotFoundException: Group a: b not found.',
      'Group a: b not found.',
    ],
    ['Exception in thread "main" java.lang.IllegalArgumentException: no', 'no'],
    ['java.util.concurrent.ExecutionException: org.apache.kafka.common.KafkaException: Failed', 'Failed'],
    ['java.lang.NullPointerException', 'java.lang.NullPointerException'],
    ['Class org.acme.Broken cannot be found', 'Class org.acme.Broken cannot be found'],
    ['Error: 7', '7'],
  ])('%s', (line, plain) => expect(plainLine(line)).toBe(plain));

  test('has neither frames nor causes, nor what only wraps it', () => {
    const words =
      "Error while executing config command with args '--describe --topic x'\norg.apache.kafka.common.errors.TopicX: not here\n";
    expect(
      failureLines(new Error('x'), `${words}\tat kafka.Foo.bar(Foo.java:7)\nCaused by: java.lang.Error: y\n`),
    ).toEqual(['org.apache.kafka.common.errors.TopicX: not here']);
    expect(failureLines(new Error('nothing was said'), '\n')).toEqual(['nothing was said']);
  });

  test('says what to do about an error of the cluster, unless the script does', () => {
    const error = wrapped(new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, 'There is no such topic.'));
    expect(failureLines(error, 'There is no such topic.\n')).toEqual([
      'There is no such topic.',
      'See which there are: ktool topics --list',
    ]);
    expect(failureLines(error, 'There is no such topic.\nTry another.\n')).toHaveLength(2);
  });

  test('is the reason why there is no connection, and why no client', () => {
    expect(failureLines(wrapped(new ConnectionError('refused', 'Cannot connect')), 'Timed out')).toEqual([
      'Cannot connect',
    ]);
    const setup = new ClientCreationError('Failed to create new KafkaAdminClient');
    setup.cause = new ConfigError('No resolvable bootstrap urls');
    expect(failureLines(wrapped(setup), 'Failed to create new KafkaAdminClient')).toEqual([
      'No resolvable bootstrap urls',
    ]);
  });
});

test.each([
  ['Missing required argument "[topic]"', '--topic is missing'],
  ['craete is not a recognized option', 'There is no option --craete'],
  ['Option x has no argument', 'Option x has no argument'],
])('%s is %s on a command line', (message, plain) => expect(plainMistake(message)).toBe(plain));

test('log lines of clients are without time and class; a first address that is away is told by the failure', () => {
  const line = (text: string) => `[2026-01-02 03:04:05,006] WARN ${text} (org.apache.kafka.clients.NetworkClient)`;
  expect(plainLog(line('[AdminClient clientId=a] Connection to node 1 (/h:1) could not be established.'))).toBe(
    'Warning: Connection to node 1 (/h:1) could not be established.',
  );
  expect(
    plainLog(line('[AdminClient clientId=a] Connection to node -1 (/h:1) could not be established.')),
  ).toBeUndefined();
  expect(plainLog('Processed a total of 1 messages')).toBe('Processed a total of 1 messages');
});
