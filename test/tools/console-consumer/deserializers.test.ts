import { describe, expect, it } from 'vitest';
import { deserializer, deserializerClasses } from '../../../src/tools/console-consumer/deserializers.ts';

const text = (name: string, hex: string, properties = new Map<string, string>()) =>
  String(deserializer(`org.apache.kafka.common.serialization.${name}`, properties)?.(Buffer.from(hex, 'hex')));

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
    expect(text('StringDeserializer', 'e4', new Map([['deserializer.encoding', 'ISO-8859-1']]))).toBe('ä');
    expect(text('StringDeserializer', '00e4', new Map([['value.deserializer.encoding', 'UTF-16BE']]))).toBe('ä');
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

  it('knows the classes that it lists and no others', () => {
    for (const name of deserializerClasses) expect(deserializer(name)).toBeDefined();
    expect(deserializer('com.example.Missing')).toBeUndefined();
    expect(deserializer('org.apache.kafka.common.serialization.toString')).toBeUndefined();
  });
});
