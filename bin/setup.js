#!/usr/bin/env node
// Makes a fresh clone ready: installs the packages and builds, each only if something has changed since.
// `npm start` and `npm test` begin with it, so that nobody has to type more than one of the two.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST = [20, 19];
const root = fileURLToPath(new URL('..', import.meta.url));

/** Installs and builds what is missing or out of date; ends the process with a message when that fails. */
export async function prepare() {
  checkNode();
  if (modified('node_modules/.package-lock.json') < modified('package-lock.json')) {
    console.error('Installing packages (npm ci)…');
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci');
  }
  if (modified('dist/cli/main.js') < newestSource()) {
    console.error('Building…');
    run(process.execPath, [join(root, 'bin/build.js')], 'the build');
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(
    `ktool needs Node ${OLDEST.join('.')} or later; this is ${process.versions.node}. Get a newer one from https://nodejs.org`,
  );
  process.exit(1);
}

function run(command, args, what) {
  const windows = process.platform === 'win32' && command === 'npm';
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], shell: windows });
  if (status === 0) return;
  console.error(error ? `${what} did not start: ${error.message}` : `${what} failed; what it says is above.`);
  process.exit(1);
}

/** When a file was last changed, in milliseconds; 0 if it is not there. */
function modified(file) {
  const path = join(root, file);
  return existsSync(path) ? statSync(path).mtimeMs : 0;
}

function newestSource() {
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(modified('package-lock.json'), modified('bin/build.js'), ...sources);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare();
