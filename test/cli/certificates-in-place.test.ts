// Keys are written to new files, for their owner alone from the first byte on, whatever was there under their names.
import { chmodSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeCertificates } from '../../src/cli/certs/write-certificates.ts';
import { temporaryFolder } from '../helpers/certificates.ts';

test.skipIf(process.platform === 'win32')('a link and an open file in the way are replaced, not written to', () => {
  const folder = temporaryFolder();
  const [elsewhere, open] = [join(temporaryFolder(), 'elsewhere'), join(folder, 'alice.pem')];
  writeFileSync(elsewhere, 'of somebody else');
  symlinkSync(elsewhere, join(folder, 'broker.pem'));
  writeFileSync(open, 'an earlier one');
  chmodSync(open, 0o644);
  const { ino } = lstatSync(open);
  writeCertificates({ directory: folder, hosts: [], clients: ['alice'], days: 1, nowMs: Date.now() });
  expect(readFileSync(elsewhere, 'utf8')).toBe('of somebody else');
  for (const name of ['broker.pem', 'alice.pem', 'ca-key.pem']) {
    const state = lstatSync(join(folder, name));
    expect([name, state.isFile(), state.mode & 0o777]).toEqual([name, true, 0o600]);
  }
  // Who had the open one open goes on to read what it held.
  expect(lstatSync(open).ino).not.toBe(ino);
  expect(readFileSync(open, 'utf8')).toContain('PRIVATE KEY');
});
