import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientProperties } from '../../src/cli/command-config.ts';

let folder = '';
let file = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ktool-'));
  file = join(folder, 'client.properties');
  writeFileSync(file, '# a comment\nclient.id = ops\nbootstrap.servers: file:1\nsasl.jaas.config=a \\\n  b;\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('the address of the command line wins over the file, single properties too', () => {
  const properties = clientProperties({
    commandConfig: file,
    bootstrapServer: 'line:2',
    properties: new Map([['client.id', 'mine']]),
  });
  expect(properties).toEqual({ 'client.id': 'mine', 'bootstrap.servers': 'line:2', 'sasl.jaas.config': 'a b;' });
});

test('controllers take the place of brokers', () =>
  expect(clientProperties({ commandConfig: file, bootstrapController: 'c:3' })).toEqual({
    'client.id': 'ops',
    'bootstrap.controllers': 'c:3',
    'sasl.jaas.config': 'a b;',
  }));

test('a file that is not there: the message is its path', () => {
  const absent = join(folder, 'absent.properties');
  expect(() => clientProperties({ commandConfig: absent })).toThrow(expect.objectContaining({ message: absent }));
});
