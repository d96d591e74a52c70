import { describe, expect, it } from 'vitest';
import { deserializer, deserializerClasses } from '../../../src/tools/console-consumer/deserializers.ts';

const PACKAGE = 'org.apache.kafka.common.serialization.';

function made(className: string, properties: Record<string, string> = {}, logged: string[] = []) {
  const log = (level: string, text: string) => void logged.push(`${level} ${text}`);
  return deserializer(className, { properties: new Map(Object.entries(properties)), isKey: false, log });
}

const text = (name: string, hex: string, properties?: Record<string, string>) =>
  String(made(PACKAGE + name, properties)?.(Buffer.from(hex, 'hex')));

describe('deserializers', () => {
  it.each([
    ['StringDeserializer', '4772c3b6c39f65', 'Größe'],
    ['ShortDeserializer', 'fffe', '-2'],
    ['IntegerDeserializer', '7778797a', '2004384122'],
    ['LongDeserializer', '3132333435363738', '3544952156018063160'],
    ['LongDeserializer', '8000000000000000', '-9223372036854775808'],
    ['FloatDeserializer', '7778797a', '5.039662E33'],
    ['FloatDeserializer', '3dcccccd', '0.1'],
    ['FloatDeserializer', '42280000', '42.0'],
    ['DoubleDeserializer', '3132333435363738', '1.0300843656201408E-71'],
    ['DoubleDeserializer', '3ff8000000000000', '1.5'],
    ['BooleanDeserializer', '01', 'true'],
    ['BooleanDeserializer', '00', 'false'],
    ['ByteArrayDeserializer', '6162', 'ab'],
    ['ByteBufferDeserializer', '616263', 'java.nio.HeapByteBuffer[pos=0 lim=3 cap=3]'],
    ['BytesDeserializer', '615c0a7fff', 'a\\x5C\\x0A\\x7F\\xFF'],
    ['UUIDDeserializer', Buffer.from('1-2-3-4-5').toString('hex'), '00000001-0002-0003-0004-000000000005'],
  ])('%s of %s', (name, hex, expected) => {
    expect(text(name, hex)).toBe(expected);
  });

  it('decodes strings in the encoding of the settings', () => {
    expect(text('StringDeserializer', 'e4', { 'deserializer.encoding': 'ISO-8859-1' })).toBe('ä');
    expect(text('StringDeserializer', '00e4', { 'value.deserializer.encoding': 'UTF-16BE' })).toBe('ä');
  });

  it.each([
    ['IntegerDeserializer', '0102', 'Size of data received by IntegerDeserializer is not 4'],
    ['FloatDeserializer', '0102', 'Size of data received by Deserializer is not 4'],
    ['DoubleDeserializer', '0102', 'Size of data received by Deserializer is not 8'],
    ['BooleanDeserializer', '02', 'Unexpected byte received by BooleanDeserializer: 2'],
    ['UUIDDeserializer', '6162', 'Error parsing data into UUID'],
    ['VoidDeserializer', '61', 'Data should be null for a VoidDeserializer.'],
  ])('%s refuses %s', (name, hex, message) => {
    expect(() => text(name, hex)).toThrow(message);
  });

  it.each([
    ['latin1', 'e4', 'ä'],
    ['ASCII', '41e4', 'A\ufffd'],
    ['UTF-16', '00410042', 'AB'],
    ['UTF-16', 'feff0041', 'A'],
    ['UTF-16', 'fffe4100', 'A'],
    ['UTF-16', '004100', 'A\ufffd'],
    ['UTF-16LE', 'fffe4100', '\ufeffA'],
    ['UTF-32', '0001f60000110000', '😀\ufffd'],
    ['UTF-32LE', '4100000000', 'A\ufffd'],
    ['windows-1252', '80819f', '€\ufffdŸ'],
    ['ISO-8859-15', 'a4', '€'],
    ['UTF-8', 'efbbbf41', '\ufeffA'],
  ])('decodes %s %s', (encoding, hex, expected) => {
    expect(text('StringDeserializer', hex, { 'deserializer.encoding': encoding })).toBe(expected);
  });

  it('refuses an encoding that there is not, that of UUIDs at the first value', () => {
    const properties = { 'deserializer.encoding': 'nope' };
    expect(() => made(`${PACKAGE}StringDeserializer`, properties)).toThrow('Unsupported encoding nope');
    const uuid = made(`${PACKAGE}UUIDDeserializer`, properties)!;
    expect(() => uuid(Buffer.from('1-2-3-4-5'))).toThrow('due to unsupported encoding nope');
  });

  it('knows the classes that it lists and no others', () => {
    const settings = {
      'default.list.value.serde.type': 'java.util.ArrayList',
      'default.list.value.serde.inner': `${PACKAGE}Serdes$StringSerde`,
      'windowed.inner.deserializer.class': `${PACKAGE}Serdes$StringSerde`,
      'window.size.ms': '1',
    };
    for (const name of deserializerClasses) expect(made(name, settings)).toBeDefined();
    expect(made('com.example.Missing')).toBeUndefined();
    expect(made('org.apache.kafka.common.serialization.toString')).toBeUndefined();
  });
});

describe('ListDeserializer', () => {
  const list = (hex: string, inner: string, type = 'java.util.ArrayList', logged: string[] = []) =>
    made(
      `${PACKAGE}ListDeserializer`,
      { 'default.list.value.serde.type': type, 'default.list.value.serde.inner': `${PACKAGE}Serdes$${inner}Serde` },
      logged,
    )!(Buffer.from(hex, 'hex'));

  it('reads entries of one size behind the places of nulls, and others behind their sizes', () => {
    expect(list('00 00000001 00000001 00000003 00000007 00000009'.replaceAll(' ', ''), 'Integer')).toBe('[7, null, 9]');
    expect(list('01 00000003 00000001 61 ffffffff 00000002 6263'.replaceAll(' ', ''), 'String')).toBe('[a, null, bc]');
    expect(list('01 00000001 00000003 61'.replaceAll(' ', ''), 'Bytes')).toBe('[a\\x00\\x00]');
  });

  it.each([
    ['05', 'String', 'Invalid serialization strategy flag value'],
    ['0100', 'String', 'Unable to deserialize into a List'],
    ['01000000010000000161', 'Integer', 'Size of data received by IntegerDeserializer is not 4'],
    ['0000000000000000010000000161', 'String', /^$/],
    ['0100000001fffffffe', 'String', '-2'],
  ])('refuses %s of %s', (hex, inner, message) => {
    expect(() => list(hex, inner)).toThrow(message);
  });

  it('logs what it cannot say in the exception', () => {
    const logged: string[] = [];
    expect(() => list('010000000100000001', 'String', 'java.util.ArrayList', logged)).toThrow('reached prematurely');
    expect(() => list('01ffffffff', 'String', 'java.util.ArrayList', logged)).toThrow('Could not construct a list');
    expect(list('01ffffffff', 'String', 'java.util.LinkedList')).toBe('[]');
    expect(logged).toEqual(['ERROR Ran out of bytes in serialized list', 'ERROR Failed to construct list due to ']);
  });

  it.each([
    [{}, 'Not able to determine the list class'],
    [{ 'default.list.value.serde.type': 'java.util.ArrayList' }, 'Not able to determine the inner serde class'],
    [{ 'default.list.value.serde.type': 'a.B' }, 'list class "a.B" could not be found.'],
    [
      { 'default.list.value.serde.type': 'java.util.Vector', 'default.list.value.serde.inner': 'a.B' },
      'inner serde class "a.B" could not be found.',
    ],
  ])('refuses the settings %j', (settings, message) => {
    expect(() => made(`${PACKAGE}ListDeserializer`, settings as Record<string, string>)).toThrow(message);
  });
});

describe('windowed deserializers', () => {
  const STREAMS = 'org.apache.kafka.streams.kstream.';
  const INNER = { 'windowed.inner.deserializer.class': `${PACKAGE}Serdes$StringSerde` };
  const read = (name: string, hex: string, settings: Record<string, string> = {}, logged: string[] = []) =>
    made(`${STREAMS}${name}WindowedDeserializer`, { ...INNER, ...settings }, logged)!(Buffer.from(hex, 'hex'));
  const long = (n: bigint) => BigInt.asUintN(64, n).toString(16).padStart(16, '0');

  it('print key, start and end', () => {
    expect(read('Time', `61${long(60000n)}`, { 'window.size.ms': '5000' })).toBe('[a@60000/65000]');
    expect(read('Session', `61${long(9000n)}${long(1000n)}`)).toBe('[a@1000/9000]');
  });

  it('end with the last moment, and warn of that and of the old name of a setting', () => {
    const logged: string[] = [];
    const settings = { 'window.size.ms': '10' };
    const last = 2n ** 63n - 1n;
    expect(read('Time', `61${long(last - 1n)}`, settings, logged)).toBe(`[a@${last - 1n}/${last}]`);
    made(
      `${STREAMS}SessionWindowedDeserializer`,
      { 'windowed.inner.class.serde': `${PACKAGE}Serdes$LongSerde` },
      logged,
    );
    expect(logged).toEqual([
      'WARN Warning: window end time was truncated to Long.MAX',
      'WARN Config windowed.inner.class.serde is deprecated. Please use windowed.inner.deserializer.class instead.',
    ]);
  });

  it.each([
    ['Time', long(-5n), 'Window startMs time cannot be negative.'],
    ['Time', long(5n), 'Window endMs must be greater than window startMs.'],
    ['Session', long(1n) + long(5n), 'Window endMs time cannot be smaller than window startMs time.'],
    ['Session', '616263', '-13'],
    ['Time', '', /^$/],
  ])('%s refuses %s', (name, hex, message) => {
    expect(() => read(name, hex, { 'window.size.ms': '0' })).toThrow(message);
  });

  it.each([
    ['Time', INNER, 'Window size needs to be set'],
    ['Time', { ...INNER, 'window.size.ms': 'x' }, 'For input string: "x"'],
    ['Time', { 'window.size.ms': '1' }, 'should be set either via  constructor'],
    ['Session', {}, 'should be set either via constructor'],
    ['Session', { 'windowed.inner.deserializer.class': 'a.B' }, 'Serde class a.B could not be found.'],
  ])('%s refuses the settings %j', (name, settings, message) => {
    expect(() => made(`${STREAMS}${name}WindowedDeserializer`, settings as Record<string, string>)).toThrow(message);
  });
});
