import { describe, expect, it } from 'vitest';
import { compatOf } from '../../../../src/cli/compat.ts';
import { parseScript } from '../../../../src/cli/options/parse-script.ts';
import { consoleProducer } from '../../../../src/cli/options/scripts/console-producer.ts';
import { checkConsoleProducer } from '../../../../src/cli/options/scripts/console-producer-checks.ts';

function check(line: string) {
  const said: string[] = [];
  const options = parseScript(consoleProducer, line.split(' '), compatOf({ KTOOL_COMPAT: 'kafka' }));
  return { ...checkConsoleProducer(options, { notice: (text) => said.push(text) }), said };
}

describe('checkConsoleProducer', () => {
  it.each([
    ['--topic t', 'Error while validating the bootstrap address'],
    ['--bootstrap-server localhost --topic t', 'Please provide valid host:port like host1:9091,host2:9092'],
    ['--bootstrap-server b:1', 'Missing required argument "[topic]"'],
    ['--bootstrap-server b:1 --topic t --batch-size many', "Cannot parse argument 'many' of option batch-size"],
    [
      '--bootstrap-server b:1 --topic t --property a=b --reader-property a=b',
      'Options --reader-property and --property cannot be specified together.',
    ],
    ['--bootstrap-server b:1 --topic t --command-config /nowhere', '/nowhere'],
  ])('%s', (line, message) => {
    expect(() => check(line)).toThrow(message);
  });

  it.each([
    ['', '262144'],
    ['--batch-size 5', '5'],
    ['--max-partition-memory-bytes 6', '6'],
    ['--command-property batch.size=7', '7'],
  ])('makes large batches of files and pipes unless their size is given: %s', (words, size) => {
    const line = `--bootstrap-server b:1 --topic t ${words}`.trim();
    const options = parseScript(consoleProducer, line.split(' '), compatOf({}));
    const { producer } = checkConsoleProducer(options, { notice: () => {}, bulk: true });
    expect(producer['batch.size']).toBe(size);
  });

  it('sends to the topic that the line reader is told, if it is told one', () => {
    expect(check('--bootstrap-server b:1 --topic t --reader-property topic=other').topic).toBe('other');
  });

  it("gives the script's own defaults to the producer", () => {
    expect(check('--bootstrap-server b:1 --topic t').producer).toEqual({
      'client.id': 'console-producer',
      'bootstrap.servers': 'b:1',
      'compression.type': 'none',
      'linger.ms': '1000',
      acks: '-1',
      'request.timeout.ms': '1500',
      retries: '3',
      'retry.backoff.ms': '100',
      'send.buffer.bytes': '102400',
      'buffer.memory': '33554432',
      'batch.size': '16384',
      'metadata.max.age.ms': '300000',
      'max.block.ms': '60000',
    });
  });

  it('takes every tuning option, and gzip where no codec is named', () => {
    const { producer, sync } = check(
      '--bootstrap-server b:1 --topic t --sync --timeout 5 --max-partition-memory-bytes 9 --compression-codec',
    );
    expect(producer).toMatchObject({ 'linger.ms': '5', 'batch.size': '9', 'compression.type': 'gzip' });
    expect(sync).toBe(true);
  });

  it('names the new spelling of each old one', () => {
    const { said, reader } = check(
      '--bootstrap-server b:1 --topic t --property parse.key=true --max-partition-memory-bytes 9',
    );
    expect(said).toEqual([
      'Warning: --property is deprecated and will be removed in a future version. Use --reader-property instead.',
      'Warning: --max-partition-memory-bytes is deprecated and will be removed in Apache Kafka 5.0. Use --batch-size instead.',
    ]);
    expect(Object.fromEntries(reader)).toEqual({ topic: 't', 'parse.key': 'true' });
  });
});
