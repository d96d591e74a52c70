// The table of the README is made of the same documents as those that answers are held against.
// After a change that is meant: npx vitest run test/cli/documents/readme.test.ts -u
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { documents } from '../../../src/cli/documents/index.ts';
import { documentsTable } from '../../helpers/documents-table.ts';

const file = '../../../README.md';
const HEAD = '<summary>All documents</summary>\n\n';

test('the README lists what --json prints', async () => {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  const from = text.indexOf(HEAD) + HEAD.length;
  const to = text.indexOf('</details>', from);
  expect(from).toBeGreaterThan(HEAD.length);
  await expect(`${text.slice(0, from)}${documentsTable(documents)}\n${text.slice(to)}`).toMatchFileSnapshot(file);
});
