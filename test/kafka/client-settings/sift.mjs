#!/usr/bin/env node
// From what RecordClientSettings prints to what is compared: settings with an answer of their own, without the attempts to connect.
import { readFileSync } from 'node:fs';

const NOISE =
  /^(\tat |\t\.\.\.|Caused by|[\w.]+(Exception|Error)\b)|could not be established|Bootstrap broker|Node -1 disconnected|Error connecting|Failed processing background events/;
// Told by what comes after the making of a client, by ktool's commands, or of classes that only a JVM has; every script has serializers
// of its own.
const LEFT_OUT =
  /^\w+\t((send|receive)\.buffer\.bytes=0|heartbeat\.interval\.ms=-|ssl\.engine\.factory\.class|sasl\..*\.class|(key|value)\.serializer)|^admin\t(default\.api\.timeout\.ms=(0|1| 7 |\+5)|request\.timeout\.ms=99999)\n|^share\tdefault\.api\.timeout\.ms=0/;

const seen = new Set();
for (const block of readFileSync(0, 'utf8').split(/^@/m).slice(1)) {
  const [head, ...rest] = block.trimEnd().split('\n');
  const lines = rest
    .map((line) => line.replace(/^\[\d[^\]]*\] /, ''))
    .filter((line) => line !== '' && !NOISE.test(line));
  const text = [head, ...lines].join('\n');
  // A share consumer is a consumer in most of its settings.
  const plain = text.replace(/^(consumer|share)/, '').replace(/Failed to construct (kafka|Kafka share) consumer/, '');
  if (lines.join() === '  ok' || LEFT_OUT.test(`${head}\n`) || (head.startsWith('share') && seen.has(plain))) continue;
  seen.add(plain);
  process.stdout.write(`@${text}\n`);
}
