// What is fetched from registries is kept outside the repository, and never part of it.
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { must } from './process.js';

/** The folder for all that is fetched: KTOOL_INTEROP_CACHE, or one beside other caches of the user. */
export const cache = process.env.KTOOL_INTEROP_CACHE ?? join(homedir(), '.cache/ktool-interop');

/** A folder of the cache, made by `make(folder)` when it is not there; a failed making leaves nothing behind. */
export async function cached(name, make) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  try {
    await make(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

/** A writable copy of a Go module, through the module proxy that `go` is set to. */
export const goModule = (module, version) =>
  cached(`${module.replaceAll('/', '+')}@${version}`, async (folder) => {
    mkdirSync(folder);
    const options = { cwd: folder, env: { GOFLAGS: '-mod=mod' } };
    const output = await must('go', ['mod', 'download', '-json', `${module}@${version}`], options);
    const { Dir } = JSON.parse(output.slice(output.indexOf('{')));
    cpSync(Dir, folder, { recursive: true });
    await writable(folder);
  });

async function writable(folder) {
  await chmod(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await writable(path);
    else if (entry.isFile()) await chmod(path, 0o644);
  }
}

/** A Python environment of its own with these packages; the result is its interpreter. */
export async function pythonWith(name, packages) {
  const folder = await cached(name, async (path) => {
    await must(process.env.KTOOL_PYTHON ?? 'python3', ['-m', 'venv', path]);
    await must(join(path, 'bin/pip'), ['install', '--quiet', ...packages], { timeout: 300_000 });
  });
  return join(folder, 'bin/python');
}

/** A source distribution from PyPI, unpacked. */
export const sourceOf = (name, version, python) =>
  cached(`${name}-${version}-source`, async (folder) => {
    mkdirSync(folder);
    const what = ['download', '--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder, `${name}==${version}`];
    await must(python, ['-m', 'pip', ...what], { timeout: 300_000 });
    const [archive] = readdirSync(folder).filter((file) => file.endsWith('.tar.gz'));
    await must('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
  });
