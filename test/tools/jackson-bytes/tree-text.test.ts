// What org.apache.kafka.connect.json.JsonDeserializer of Kafka 4.3.1 made of bytes (test/kafka/json-nodes.jsonl: the bytes in
// hexadecimal, and what the JsonNode printed or the exception behind the SerializationException).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { jsonText } from '../../../src/tools/console-consumer/json-deserializer.ts';

interface Recorded {
  readonly bytes: string;
  readonly text?: string;
  readonly error?: string;
}

const recorded = readFileSync(new URL('../../kafka/json-nodes.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Recorded);

function outcome(bytes: Buffer): Omit<Recorded, 'bytes'> {
  try {
    return { text: jsonText(bytes) };
  } catch (error) {
    return { error: String((error as Error).cause) };
  }
}

test.each(recorded)('$bytes', ({ bytes, ...expected }) => {
  expect(outcome(Buffer.from(bytes, 'hex'))).toEqual(expected);
});

const TOO_MUCH = 'com.fasterxml.jackson.core.exc.StreamConstraintsException: ';

test('a thousand levels and a thousand digits are the most', () => {
  const nested = (levels: number) => Buffer.from('['.repeat(levels) + ']'.repeat(levels));
  expect(outcome(nested(1000))).toEqual({ text: nested(1000).toString() });
  expect(outcome(nested(1001))).toEqual({
    error: `${TOO_MUCH}Document nesting depth (1001) exceeds the maximum allowed (1000, from \`StreamReadConstraints.getMaxNestingDepth()\`)`,
  });
  const ones = '1'.repeat(1000);
  expect(outcome(Buffer.from(ones))).toEqual({ text: ones });
  expect(outcome(Buffer.from(`1.1${ones}`))).toEqual({
    error: `${TOO_MUCH}Number value length (1002) exceeds the maximum allowed (1000, from \`StreamReadConstraints.getMaxNumberLength()\`)`,
  });
});

test('what goes wrong is a SerializationException with the reason behind it', () => {
  expect(() => jsonText(Buffer.from('{'))).toThrow(
    /^com\.fasterxml\.jackson\.core\.io\.JsonEOFException: Unexpected end-of-input: expected close marker for Object/,
  );
});
