import { describe, expect, it } from 'vitest';
import { encode } from '../../../src/protocol/codec.ts';
import type { EncodableMessage, Message } from '../../../src/protocol/schema.ts';
import { GroupMetadataKey, GroupMetadataValue } from '../../../src/protocol/state/group/group-metadata.ts';
import { OffsetCommitKey, OffsetCommitValue } from '../../../src/protocol/state/group/offset-commit.ts';
import { Writer } from '../../../src/protocol/writer.ts';
import type { PrintableRecord } from '../../../src/tools/console-consumer/formatter.ts';
import { formatter, formatterClasses } from '../../../src/tools/console-consumer/formatters.ts';
import { OutputBuffer } from '../../../src/tools/console-consumer/output-buffer.ts';

const record: PrintableRecord = {
  offset: 7,
  timestamp: 1_700_000_000_000,
  timestampType: 'CreateTime',
  key: Buffer.from('k'),
  value: Buffer.from('v'),
  headers: [
    { key: 'a', value: Buffer.from('1') },
    { key: 'b', value: null },
  ],
};
const nothing: PrintableRecord = { ...record, key: null, value: null, headers: [], timestampType: 'LogAppendTime' };

const PACKAGE = 'org.apache.kafka.tools.consumer.';

function print(name: string, properties: Record<string, string>, ...records: PrintableRecord[]): string {
  const out = new OutputBuffer(4);
  const errors: string[] = [];
  const made = formatter(PACKAGE + name, new Map(Object.entries(properties)), (_, message) => errors.push(message));
  for (const each of records) made.write(each, 3, out, 't');
  return out.take().toString() + errors.join();
}

const printDefault = (properties: Record<string, string>, ...records: PrintableRecord[]) =>
  print('DefaultMessageFormatter', properties, ...records);

describe('DefaultMessageFormatter', () => {
  it('prints values, each with a line end', () => {
    expect(printDefault({}, record, nothing)).toBe('v\nnull\n');
  });

  it('prints all that is asked for in its own order', () => {
    const all = ['key', 'offset', 'timestamp', 'partition', 'headers', 'delivery', 'epoch'];
    const properties = Object.fromEntries(all.map((name) => [`print.${name}`, 'true']));
    expect(printDefault(properties, record, nothing)).toBe(
      [
        'CreateTime:1700000000000\tPartition:3\tOffset:7\tDelivery:NOT_PRESENT\tEpoch:NOT_PRESENT\ta:1,b:null\tk\tv\n',
        'LogAppendTime:1700000000000\tPartition:3\tOffset:7\tDelivery:NOT_PRESENT\tEpoch:NOT_PRESENT\tNO_HEADERS\tnull\tnull\n',
      ].join(''),
    );
  });

  it('ends the line behind the last piece, whichever that is', () => {
    expect(printDefault({ 'print.key': 'true', 'print.value': 'false' }, record)).toBe('k\n');
    expect(printDefault({ 'print.value': 'false' }, record)).toBe('');
  });

  it('separates as told', () => {
    const properties = {
      'print.key': 'TRUE ',
      'print.headers': 'true',
      'key.separator': '|',
      'line.separator': ';',
      'headers.separator': ' & ',
      'null.literal': '-',
    };
    expect(printDefault(properties, record, nothing)).toBe('a:1 & b:-|k|v;NO_HEADERS|-|-;');
  });

  it('leaves bytes as they are without a deserializer', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x0a]);
    const out = new OutputBuffer();
    formatter(`${PACKAGE}DefaultMessageFormatter`, new Map(), () => {}).write({ ...record, value: bytes }, 0, out, 't');
    expect(out.take()).toEqual(Buffer.concat([bytes, Buffer.from('\n')]));
  });

  it('uses a deserializer, with the null literal for null', () => {
    const string = 'org.apache.kafka.common.serialization.StringDeserializer';
    const short = 'org.apache.kafka.common.serialization.ShortDeserializer';
    expect(printDefault({ 'value.deserializer': string, 'null.literal': '-' }, nothing)).toBe('-\n');
    expect(
      printDefault({ 'print.key': 'true', 'key.deserializer': short }, { ...record, key: Buffer.from([1, 0]) }),
    ).toBe('256\tv\n');
    expect(() => printDefault({ 'value.deserializer': short }, nothing)).toThrow('is not 2');
  });

  it('reports a deserializer that is not there and prints the bytes', () => {
    expect(printDefault({ 'value.deserializer': 'com.example.Missing' }, record)).toBe(
      'v\nUnable to instantiate a deserializer from com.example.Missing',
    );
  });
});

function stored<M extends Message>(message: M, prefix: number, version: number, value: EncodableMessage<M>): Buffer {
  const writer = new Writer();
  writer.int16(prefix);
  encode(message, version, writer, value);
  return Buffer.concat(writer.finish());
}

const offsetRecord = (version: number): PrintableRecord => ({
  ...record,
  key: stored(OffsetCommitKey, 1, 0, { group: 'g', topic: 't', partition: 2 }),
  value: stored(OffsetCommitValue, version, version, {
    offset: 5,
    leaderEpoch: 1,
    metadata: '',
    commitTimestamp: 9,
    expireTimestamp: 8,
    topicId: 'MkU3OEVBNTcwNTJENDM2Qg',
  }),
});

describe('formatters of internal topics', () => {
  const groupRecord: PrintableRecord = {
    ...record,
    key: stored(GroupMetadataKey, 2, 0, { group: 'g' }),
    value: stored(GroupMetadataValue, 3, 3, {
      protocolType: 'consumer',
      generation: 1,
      protocol: 'range',
      leader: 'm',
      currentStateTimestamp: 9,
      members: [
        {
          memberId: 'm',
          groupInstanceId: null,
          clientId: 'c',
          clientHost: '/127.0.0.1',
          rebalanceTimeout: 300000,
          sessionTimeout: 45000,
          subscription: Buffer.from([0, 3]),
          assignment: Buffer.from([0, 3]),
        },
      ],
    }),
  };

  it('prints offsets in the fields of their version, with nothing between two records', () => {
    expect(
      print('OffsetsMessageFormatter', {}, offsetRecord(1), { ...offsetRecord(4), value: null }, offsetRecord(4)),
    ).toBe(
      '{"key":{"type":1,"data":{"group":"g","topic":"t","partition":2}},"value":{"version":1,"data":{"offset":5,"metadata":"","commitTimestamp":9,"expireTimestamp":8}}}' +
        '{"key":{"type":1,"data":{"group":"g","topic":"t","partition":2}},"value":null}' +
        '{"key":{"type":1,"data":{"group":"g","topic":"t","partition":2}},"value":{"version":4,"data":{"offset":5,"leaderEpoch":1,"metadata":"","commitTimestamp":9,"topicId":"MkU3OEVBNTcwNTJENDM2Qg"}}}',
    );
  });

  it('prints group metadata with bytes in base64', () => {
    expect(print('GroupMetadataMessageFormatter', {}, groupRecord, offsetRecord(4))).toBe(
      '{"key":{"type":2,"data":{"group":"g"}},"value":{"version":3,"data":{"protocolType":"consumer","generation":1,"protocol":"range","leader":"m","currentStateTimestamp":9,"members":[{"memberId":"m","groupInstanceId":null,"clientId":"c","clientHost":"/127.0.0.1","rebalanceTimeout":300000,"sessionTimeout":45000,"subscription":"AAM=","assignment":"AAM="}]}}}',
    );
  });

  it('leaves out records of another kind, unknown ones and those without a key', () => {
    const unknown = { ...record, key: Buffer.from([0x7f, 0xff]) };
    expect(print('OffsetsMessageFormatter', {}, groupRecord, unknown, nothing)).toBe('');
  });

  it('names the offset of a record that it cannot read', () => {
    expect(() => print('OffsetsMessageFormatter', {}, { ...record, key: Buffer.from([0, 1, 0]) })).toThrow(
      "Could not read record at offset 7 due to: Could not read record with version 1 from key's buffer due to: null.",
    );
    expect(() => print('OffsetsMessageFormatter', {}, { ...record, key: Buffer.from([0]) })).toThrow(
      "Could not read record at offset 7 due to: Could not read version from key's buffer.",
    );
  });

  it('reads records of other kinds, too, and their versions', () => {
    const newer = { ...offsetRecord(4), value: Buffer.from([0, 99]) };
    expect(() => print('GroupMetadataMessageFormatter', {}, newer)).toThrow(
      'Found an unknown record version 99 for 1 type',
    );
  });

  it('writes control characters as Jackson does', () => {
    const key = stored(OffsetCommitKey, 1, 0, { group: '\u001f\\u001f', topic: 't', partition: 2 });
    expect(print('OffsetsMessageFormatter', {}, { ...record, key, value: null })).toContain(
      '"group":"\\u001F\\\\u001f"',
    );
  });
});

describe("formatters of MirrorMaker's topics", () => {
  const mirror = (name: string, key: Buffer | null, value: Buffer | null) => {
    const out = new OutputBuffer();
    const made = formatter(`org.apache.kafka.connect.mirror.formatters.${name}`, new Map(), () => {});
    made.write({ ...record, key, value }, 0, out, 't');
    return out.take().toString();
  };
  const key = Buffer.from('000261620003616263', 'hex');

  it('print a line for each record', () => {
    expect(mirror('HeartbeatFormatter', key, Buffer.from('00000000000000000007', 'hex'))).toBe(
      'Heartbeat{sourceClusterAlias=ab, targetClusterAlias=abc, timestamp=7}\n',
    );
    const numbers = Buffer.from('00000000000000050000000000000004', 'hex');
    expect(mirror('OffsetSyncFormatter', Buffer.from('0002616200000001', 'hex'), numbers)).toBe(
      'OffsetSync{topicPartition=ab-1, upstreamOffset=5, downstreamOffset=4}\n',
    );
    const checkpoint = Buffer.concat([Buffer.alloc(2), numbers, Buffer.from('00016d', 'hex')]);
    expect(mirror('CheckpointFormatter', Buffer.concat([key, Buffer.from('00000002', 'hex')]), checkpoint)).toBe(
      'Checkpoint{consumerGroupId=ab, topicPartition=abc-2, upstreamOffset=5, downstreamOffset=4, metadata=m}\n',
    );
  });

  it.each([
    ['HeartbeatFormatter', null, Buffer.alloc(10), 'Cannot read the array length because "array" is null'],
    ['HeartbeatFormatter', key, Buffer.alloc(1), "Error reading field 'version': java.nio.BufferUnderflowException"],
    [
      'HeartbeatFormatter',
      Buffer.from('000961', 'hex'),
      Buffer.alloc(10),
      "Error reading field 'sourceClusterAlias': Error reading string of length 9, only 1 bytes available",
    ],
    [
      'OffsetSyncFormatter',
      Buffer.from('ffff', 'hex'),
      Buffer.alloc(16),
      "Error reading field 'topic': String length -1 cannot be negative",
    ],
  ])('%s says what is wrong with a record', (name, recordKey, value, message) => {
    expect(() => mirror(name, recordKey, value)).toThrow(message);
  });
});

describe('formatter', () => {
  it('makes what it lists', () => {
    for (const name of formatterClasses) expect(formatter(name, new Map(), () => {})).toBeDefined();
  });

  it('prints nothing with NoOpMessageFormatter, the same as the default with LoggingMessageFormatter', () => {
    expect(print('NoOpMessageFormatter', {}, record)).toBe('');
    expect(print('LoggingMessageFormatter', { 'print.key': 'true' }, record)).toBe('k\tv\n');
  });

  it('says of other classes what Java says', () => {
    expect(() => formatter('com.example.Missing', new Map(), () => {})).toThrow(/^com\.example\.Missing$/);
    expect(() => formatter('java.lang.String', new Map(), () => {})).toThrow('class java.lang.String cannot be cast');
    expect(() => formatter('org.apache.kafka.tools.LineMessageReader', new Map(), () => {})).toThrow(
      "are in unnamed module of loader 'app')",
    );
    expect(() => formatter(`${PACKAGE}CoordinatorRecordMessageFormatter`, new Map(), () => {})).toThrow(
      'CoordinatorRecordMessageFormatter.<init>()',
    );
  });
});
