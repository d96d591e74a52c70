import { describe, expect, test } from 'vitest';
import { parseArgparse } from '../../../src/cli/options/argparse.ts';
import { argparseScript } from '../../../src/cli/options/script.ts';
import { boolean, flag, int, text } from '../../../src/cli/options/table.ts';

const settings = {
  options: {
    'num-records': int('N', '', { short: 'n' }),
    verbose: flag('', { short: 'v' }),
    quiet: flag('', { short: 'q' }),
    props: text('K=V', '', { nargs: '+' }),
    level: text('L', '', { choices: ['low', 'high'] }),
    sync: boolean(''),
    version: flag(''),
  },
  positionals: { source: text('FILE', ''), rest: text('FILE', '', { nargs: '*' }) },
  about: '',
};
const script = argparseScript({
  name: 'x',
  kafkaName: 'kafka-x',
  about: '',
  examples: [],
  helpExit: 0,
  fromFilePrefix: '@',
  level: settings,
});
const parse = (...argv: string[]) => parseArgparse(script, argv);

describe('options', () => {
  test('letters together, the last with its argument', () => {
    const options = parse('file', '-vqn5');
    expect(options.has('verbose') && options.has('quiet')).toBe(true);
    expect(options.value('num-records')).toBe(5);
  });

  test('an unambiguous beginning is enough', () => expect(parse('file', '--num', '3').value('num-records')).toBe(3));

  test('several words for one option, up to the next option', () => {
    const options = parse('file', '--props', 'a=1', 'b=2', '-v');
    expect(options.values('props')).toEqual(['a=1', 'b=2']);
  });

  test('a negative number is a value, another word with a dash is not', () => {
    expect(parse('file', '-n', '-1').value('num-records')).toBe(-1);
    expect(() => parse('file', '--level', '-low')).toThrow('argument --level: expected one argument');
    expect(parse('file', '--num-records=-1').value('num-records')).toBe(-1);
  });

  test('true and false', () => {
    expect(parse('file', '--sync', 'TRUE').value('sync')).toBe(true);
    expect(parse('file', '--sync', 'no').value('sync')).toBe(false);
  });

  test.each([
    [['--props'], 'argument --props: expected 1 argument(s)'],
    [['--level', 'middle'], "argument --level: invalid choice: 'middle' (choose from {low,high})"],
    [['-n', 'x'], 'argument --num-records/-n: could not convert \'x\' to Integer (For input string: "x")'],
    [['-vx'], "unrecognized arguments: '-vx'"],
    [['--v'], 'ambiguous option: --v could match --verbose, --version'],
    [[], 'too few arguments'],
  ])('%j: %s', (argv, message) => expect(() => parse(...argv)).toThrow(message));

  test('help and version end parsing where they stand', () => {
    expect(() => parse('-h', '--nonsense')).toThrow(expect.objectContaining({ what: 'help' }));
    expect(() => parse('--version')).toThrow(expect.objectContaining({ what: 'version' }));
  });
});

describe('positional arguments', () => {
  test('the first ones get theirs, the last the rest', () => {
    const options = parse('a', '-v', 'b', 'c');
    expect(options.value('source')).toBe('a');
    expect(options.values('rest')).toEqual(['b', 'c']);
  });

  test('after -- a dash has no meaning', () => expect(parse('--', '-v').value('source')).toBe('-v'));
});

describe('@file', () => {
  test('is replaced by the lines of the file', () => {
    const options = parseArgparse(script, ['@list', 'b'], { readLines: (path) => ['-n', '7', path] });
    expect(options.value('num-records')).toBe(7);
    expect(options.value('source')).toBe('list');
  });

  test('that cannot be read', () => {
    const readLines = () => {
      throw new Error('no');
    };
    expect(() => parseArgparse(script, ['@list'], { readLines })).toThrow("Could not read arguments from file 'list'");
  });
});

describe('sub-commands', () => {
  const id = { id: int('ID', '', { required: true }) };
  const nested = argparseScript({
    name: 'x',
    kafkaName: 'kafka-x',
    about: '',
    examples: [],
    helpExit: 0,
    level: {
      about: '',
      options: { force: flag('') },
      commands: {
        add: { about: '', options: id },
        append: { about: '', options: { all: flag('') } },
      },
    },
  });
  const parseNested = (...argv: string[]) => parseArgparse(nested, argv);

  test('options of each level at their place', () => {
    const options = parseNested('--force', 'add', '--id', '3');
    expect(options.commands).toEqual(['add']);
    expect(options.has('force')).toBe(true);
    expect(options.value('id')).toBe(3);
  });

  test('a beginning that fits two', () =>
    expect(() => parseNested('a')).toThrow('ambiguous command: a could match add, append'));

  test('the help of a sub-command wins over what is missing', () =>
    expect(() => parseNested('add', '-h')).toThrow(expect.objectContaining({ what: 'help', commands: ['add'] })));
});
