#!/usr/bin/env node
// A proxy in front of a Kafka broker that keeps one exchange of each (client, API, version):
//
//   node test/kafka/tools/record-frames.mjs PROXY-PORT BROKER-PORT CLIENT-NAME OUT.jsonl COMMAND…
//
// The broker must advertise the proxy's address (advertised.listeners=PLAINTEXT://127.0.0.1:PROXY-PORT). COMMAND is run
// against the proxy; its exchanges are appended to OUT.jsonl as {client, key, version, request, response}, frames in hex
// without their size. test/kafka/frames.jsonl was made of Kafka 4.3.1 with the commands listed in test/kafka/frames.md.
import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';

const [proxyPort, brokerPort, client, out, ...command] = process.argv.slice(2);
const LARGEST = 4000;
const seen = new Set(
  existsSync(out)
    ? readFileSync(out, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map(({ client, key, version }) => `${client} ${key} ${version}`)
    : [],
);

function frames(onFrame) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readInt32BE()) {
      const end = 4 + rest.readInt32BE();
      onFrame(rest.subarray(4, end));
      rest = rest.subarray(end);
    }
  };
}

const server = createServer((socket) => {
  const upstream = connect(Number(brokerPort), '127.0.0.1');
  const waiting = new Map();
  const requests = frames((frame) => waiting.set(frame.readInt32BE(4), frame));
  const responses = frames((frame) => {
    const request = waiting.get(frame.readInt32BE());
    if (!request) return;
    waiting.delete(frame.readInt32BE());
    const [key, version] = [request.readInt16BE(), request.readInt16BE(2)];
    const name = `${client} ${key} ${version}`;
    if (seen.has(name) || request.length > LARGEST || frame.length > LARGEST) return;
    seen.add(name);
    appendFileSync(
      out,
      `${JSON.stringify({ client, key, version, request: request.toString('hex'), response: frame.toString('hex') })}\n`,
    );
  });
  socket.on('data', requests);
  upstream.on('data', responses);
  socket.pipe(upstream);
  upstream.pipe(socket);
  for (const end of [socket, upstream]) end.on('error', () => {});
});

server.listen(Number(proxyPort), '127.0.0.1', () => {
  const child = spawn(command[0], command.slice(1), { stdio: 'inherit' });
  child.on('exit', (code) => process.exit(code ?? 1));
});
