import { describe, expect, test } from 'vitest';
import { parseJopt } from '../../../src/cli/options/jopt.ts';
import { flag, int, long, optionalText, text } from '../../../src/cli/options/table.ts';

const table = {
  a: flag(''),
  b: text('B', ''),
  list: flag(''),
  topic: text('NAME', ''),
  partitions: int('N', ''),
  'shift-by': long('N', ''),
  state: optionalText('STATE', ''),
  retries: { ...int('N', ''), argument: 'optional' as const },
  timeout: long('MS', '', { default: 30000 }),
  keys: text('K,…', '', { separator: ',' }),
  help: flag(''),
};

const parse = (...argv: string[]) => parseJopt(table, argv);

describe('spellings that mean the same', () => {
  test.each([[['--topic', 'x']], [['--topic=x']], [['-topic', 'x']], [['-topic=x']]])('%j', (argv) =>
    expect(parse(...argv).value('topic')).toBe('x'),
  );

  test('a cluster of letters: flags, then one with its argument', () => {
    const options = parse('-abvalue');
    expect(options.has('a')).toBe(true);
    expect(options.value('b')).toBe('value');
    expect(parse('-ab', 'next').value('b')).toBe('next');
  });
});

describe('arguments', () => {
  test('a required one is any next word', () => {
    expect(parse('--topic', '--list').value('topic')).toBe('--list');
    expect(parse('--shift-by', '-5').value('shift-by')).toBe(-5);
    expect(parse('--topic=').value('topic')).toBe('');
    expect(parse('--topic=a=b').value('topic')).toBe('a=b');
  });

  test('an optional one is a word that does not look like an option', () => {
    expect(parse('--state', 'stable').values('state')).toEqual(['stable']);
    expect(parse('--state', '--list').has('list')).toBe(true);
    expect(parse('--state').hasArgument('state')).toBe(false);
    expect(parse('--state', '-').value('state')).toBe('-');
  });

  test('an optional number may be negative, and is no word that is no number', () => {
    expect(parse('--retries', '-1').value('retries')).toBe(-1);
    expect(parse('--retries', 'many').positionals).toEqual(['many']);
    expect(() => parse('--retries', '').value('retries')).toThrow("Cannot parse argument '' of option retries");
  });

  test("a flag's value is not looked at", () => expect(parse('--list=whatever').has('list')).toBe(true));

  test('a separator makes several values of one', () => {
    expect(parse('--keys', 'a,,b', '--keys=c').values('keys')).toEqual(['a', 'b', 'c']);
    expect(parse('--keys', ',').values('keys')).toEqual([',']);
  });

  test('words without an option, and all after --, are kept aside', () => {
    const options = parse('x', '--list', '-', '--', '--topic', 'y');
    expect(options.positionals).toEqual(['x', '-', '--topic', 'y']);
    expect(options.has('topic')).toBe(false);
  });
});

describe('reading values', () => {
  test('a default stands for an option that is not given', () => {
    expect(parse().value('timeout')).toBe(30000);
    expect(parse().has('timeout')).toBe(false);
    expect(parse().value('topic')).toBeUndefined();
  });

  test.each([['abc'], ['1.5'], [''], ['2147483648'], [' 1']])('%j is no int, but only reading it fails', (value) => {
    const options = parse('--partitions', value);
    expect(() => options.value('partitions')).toThrow(`Cannot parse argument '${value}' of option partitions`);
  });

  test.each([
    ['+3', 3],
    ['-2147483648', -2147483648],
    ['007', 7],
  ])('%j is the int %d', (value, number) => expect(parse('--partitions', value).value('partitions')).toBe(number));

  test('two values where one is read', () => {
    const options = parse('--topic', 'a', '--topic', 'b');
    expect(options.values('topic')).toEqual(['a', 'b']);
    expect(() => options.value('topic')).toThrow(
      'Found multiple arguments for option topic, but you asked for only one',
    );
  });

  test('the order of the command line is kept', () => {
    const names = parse('--list', '--topic', 'a', '-a').occurrences.map(({ name }) => name);
    expect(names).toEqual(['list', 'topic', 'a']);
  });
});

describe('required options', () => {
  const strict = {
    'bootstrap-server': text('', '', { required: true }),
    id: text('', '', { required: true }),
    help: flag(''),
  };

  test('all that are missing are named, in the order of a java.util.HashMap', () =>
    expect(() => parseJopt(strict, [])).toThrow('Missing required option(s) [bootstrap-server, id]'));

  test('help needs none of them', () => expect(parseJopt(strict, ['--help']).has('help')).toBe(true));
});

describe('abbreviations', () => {
  test('are refused as in Kafka', () => expect(() => parse('--top', 'x')).toThrow('top is not a recognized option'));

  test('are accepted where that is asked for, unless they are ambiguous', () => {
    expect(parseJopt(table, ['--top', 'x'], { abbreviations: true }).value('topic')).toBe('x');
    expect(() => parseJopt(table, ['--t', 'x'], { abbreviations: true })).toThrow('t is not a recognized option');
  });
});
