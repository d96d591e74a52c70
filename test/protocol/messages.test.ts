// Bytes written by Kafka's own message classes (test/kafka/messages.jsonl, see test/kafka/tools/make-messages.mjs):
// every version of every message reads to the values that went in and writes back to the same bytes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../src/protocol/codec.ts';
import { apis } from '../../src/protocol/messages/index.ts';
import { Reader } from '../../src/protocol/reader.ts';
import type { Message } from '../../src/protocol/schema.ts';
import {
  ConsumerProtocolAssignment,
  ConsumerProtocolSubscription,
} from '../../src/protocol/state/consumer-protocol.ts';
import * as control from '../../src/protocol/state/control.ts';
import { groupRecords } from '../../src/protocol/state/group/index.ts';
import { metadataRecords } from '../../src/protocol/state/metadata/index.ts';
import { shareRecords } from '../../src/protocol/state/share/index.ts';
import { transactionRecords } from '../../src/protocol/state/transaction/index.ts';
import { Writer } from '../../src/protocol/writer.ts';

interface Line {
  name: string;
  version: number;
  body: unknown;
  hex: string;
}

const messages: Message[] = [
  ...apis.flatMap(({ request, response }) => [request, response]),
  ...metadataRecords.values(),
  ...[...groupRecords.values(), ...transactionRecords.values(), ...shareRecords.values()].flatMap(({ key, value }) => [
    key,
    value,
  ]),
  ConsumerProtocolSubscription,
  ConsumerProtocolAssignment,
  ...Object.values(control),
];

const lines = readFileSync(new URL('../kafka/messages.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);
const byName = group(lines);

function group(all: Line[]): Map<string, Line[]> {
  const groups = new Map<string, Line[]>();
  for (const line of all) groups.set(line.name, [...(groups.get(line.name) ?? []), line]);
  return groups;
}

/** Buffers as base64, as Kafka's JSON has them. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner) =>
      inner?.type === 'Buffer' ? Buffer.from(inner.data).toString('base64') : inner,
    ),
  );

describe('messages as Kafka writes them', () => {
  it.each(messages.map((message) => [message.name, message] as const))('%s', (name, message) => {
    const versions = byName
      .get(name)!
      .filter(({ version }) => version >= message.versions[0] && version <= message.versions[1]);
    expect(versions).toHaveLength(message.versions[1] - message.versions[0] + 1);
    for (const { version, body, hex } of versions) {
      const reader = new Reader(Buffer.from(hex, 'hex'));
      const value = decode(message, version, reader);
      expect(reader.remaining, `${name} v${version}`).toBe(0);
      expect(plain(value), `${name} v${version}`).toMatchObject(body as object);
      const writer = new Writer();
      encode(message, version, writer, value);
      expect(Buffer.concat(writer.finish()).toString('hex'), `${name} v${version}`).toBe(hex);
    }
  });

  it('are refused when cut short anywhere, never read beyond their end', () => {
    for (const { name, version, hex } of lines) {
      const message = messages.find((m) => m.name === name);
      if (!message || version < message.versions[0] || version > message.versions[1] || hex.length > 600) continue;
      const whole = Buffer.from(hex, 'hex');
      for (let size = 0; size < whole.length; size++) {
        expect(
          () => decode(message, version, new Reader(whole, 0, size)),
          `${name} v${version} cut at ${size}`,
        ).toThrow();
      }
    }
  });
});
