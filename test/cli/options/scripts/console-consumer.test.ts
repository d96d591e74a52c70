import { describe, expect, it } from 'vitest';
import { compatOf } from '../../../../src/cli/compat.ts';
import { parseScript } from '../../../../src/cli/options/parse-script.ts';
import { consoleConsumer } from '../../../../src/cli/options/scripts/console-consumer.ts';
import { checkConsoleConsumer } from '../../../../src/cli/options/scripts/console-consumer-checks.ts';

function check(line: string, env: NodeJS.ProcessEnv = { KTOOL_COMPAT: 'kafka' }) {
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  const compat = compatOf(env);
  const options = parseScript(consoleConsumer, line.split(' '), compat);
  const plan = checkConsoleConsumer(options, {
    warn: say,
    notice: say,
    formatterLog: (_level, text) => say(text),
    listsClasses: compat.hints,
  });
  return { ...plan, said };
}

describe('checkConsoleConsumer', () => {
  it.each([
    ['--bootstrap-server b:1', 'Exactly one of the following arguments is required: [topic], [include]'],
    [
      '--bootstrap-server b:1 --topic t --include t',
      'Exactly one of the following arguments is required: [topic], [include]',
    ],
    ['--topic t', 'Missing required argument "[bootstrap-server]"'],
    ['--bootstrap-server b:1 --topic t --offset 3', 'The partition is required when offset is specified.'],
    ['--bootstrap-server b:1 --include t --partition 0', 'The topic is required when partition is specified.'],
    [
      '--bootstrap-server b:1 --topic t --partition 0 --offset 1 --from-beginning',
      'Options from-beginning and offset cannot be specified together.',
    ],
    [
      '--bootstrap-server b:1 --topic t --partition 0 --offset -1',
      "The provided offset value '-1' is incorrect. Valid values are 'earliest', 'latest', or a non-negative long.",
    ],
    [
      '--bootstrap-server b:1 --topic t --partition zero',
      'Exception in thread "main" joptsimple.OptionArgumentConversionException: Cannot parse argument \'zero\' of option partition',
    ],
    [
      '--bootstrap-server b:1 --topic t --command-config /nowhere',
      'Exception in thread "main" java.nio.file.NoSuchFileException: /nowhere',
    ],
    ['--bootstrap-server b:1 --topic t --formatter com.example.Missing', 'com.example.Missing'],
    ['--bootstrap-server b:1 --topic t --formatter-config /nowhere', '/nowhere'],
    [
      '--bootstrap-server b:1 --topic t --property a=b --formatter-property a=b',
      'Options --property and --formatter-property cannot be specified together.',
    ],
  ])('%s', (line, message) => {
    expect(() => check(line)).toThrow(message);
  });

  it('reads where to begin in a partition', () => {
    const partition = (more: string) => check(`--bootstrap-server b:1 --topic t --partition 2${more}`).partition;
    expect(partition('')).toEqual({ id: 2, offset: 'latest' });
    expect(partition(' --from-beginning')).toEqual({ id: 2, offset: 'earliest' });
    expect(partition(' --offset EARLIEST')).toEqual({ id: 2, offset: 'earliest' });
    expect(partition(' --offset 42')).toEqual({ id: 2, offset: 42 });
  });

  it('takes a negative time-out as none', () => {
    expect(check('--bootstrap-server b:1 --topic t --timeout-ms -1').timeoutMs).toBeUndefined();
    expect(check('--bootstrap-server b:1 --topic t --timeout-ms 0').timeoutMs).toBe(0);
  });

  it('names the new spelling of each old one', () => {
    const old = '--property print.key=true --consumer-property client.id=c';
    const { said, consumer } = check(`--bootstrap-server b:1 --topic t ${old}`);
    expect(said).toEqual([
      'Option --consumer-property is deprecated and will be removed in a future version. Use --command-property instead.',
      'Option --property is deprecated and will be removed in a future version. Use --formatter-property instead.',
    ]);
    expect(consumer['client.id']).toBe('c');
  });

  it('reports a deserializer that is not there', () => {
    const missing = check('--bootstrap-server b:1 --topic t --value-deserializer com.example.Missing');
    expect(missing.said).toEqual(['Unable to instantiate a deserializer from com.example.Missing']);
  });
});

describe('a class that is not built in', () => {
  const line = (more: string) => `--bootstrap-server b:1 --topic t ${more}`;

  it('is named together with those that are, under the name ktool', () => {
    expect(() => check(line('--formatter com.example.F'), {})).toThrow(
      /^There is no formatter com\.example\.F in ktool\. There are:\n {2}org\.apache\.kafka\.tools\.consumer\.DefaultMessageFormatter\n/,
    );
    expect(() => check(line('--value-deserializer com.example.D'), {})).toThrow(
      /^There is no deserializer com\.example\.D in ktool\. There are:\n(.*\n)* {2}org\.apache\.kafka\.common\.serialization\.LongDeserializer\n/,
    );
  });

  it("gets Java's words by Kafka's rules", () => {
    expect(() => check(line('--formatter com.example.F'))).toThrow(/^com\.example\.F$/);
    expect(check(line('--value-deserializer com.example.D')).said).toEqual([
      'Unable to instantiate a deserializer from com.example.D',
    ]);
  });
});

it('prints JSON in one way only', () =>
  expect(() => check('--bootstrap-server b:1 --topic t --json --formatter x.Y', {})).toThrow());
