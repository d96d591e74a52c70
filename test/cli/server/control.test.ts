// The socket over which one broker of several is stopped and started: what comes in on it ends nothing but its own connection.
import { once } from 'node:events';
import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { openControl, sendCommand } from '../../../src/cli/server/control.ts';

async function answerTo(path: string, text: string): Promise<string> {
  const socket = net.connect(path);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

test.each([
  ['no JSON', 'stop it\n', /^\{"error":".*JSON.*"\}\n$/],
  ['nothing', 'null\n', /^\{"error":".+"\}\n$/],
  ['a line without an end', 'x'.repeat(5000), /^$/],
])('%s', async (_, text, answer) => {
  const asked: unknown[] = [];
  const control = await openControl(async ({ nodeId }) => void asked.push(nodeId));
  onTestFinished(() => control.close());
  expect(await answerTo(control.path, text)).toMatch(answer);
  await sendCommand(control.path, { command: 'stop', nodeId: 2 });
  expect(asked).toEqual([2]);
});
