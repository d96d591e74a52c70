// Loads the bundle of Kafka's scripts. Where Node does not keep compiled code between runs by itself (before 22.1), this does,
// beside the bundle, for each command what it used: half of what a short command takes is else spent on compiling.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

/** The bundle's file in dist/. */
export const SCRIPTS = 'scripts.cjs';

const file = fileURLToPath(new URL(`../dist/${SCRIPTS}`, import.meta.url));

/**
 * Runs the command that the words name if it is one of the bundle's.
 * @param {{ root: string, argv: readonly string[] }} settings the folder of package.json, the words after `ktool`
 * @returns {Promise<boolean>} whether it is; most commands end the process
 */
export function runScript(settings) {
  const { run } = module.enableCompileCache ? loadByNode() : loadWithCache(settings.argv);
  return run(settings, (specifier) => import(specifier));
}

function loadByNode() {
  module.enableCompileCache();
  return createRequire(file)(file);
}

function loadWithCache(argv) {
  const source = readFileSync(file, 'utf8');
  const cacheFile = cacheFileFor(source, argv);
  const cachedData = cacheFile && read(cacheFile);
  const wrapper = `(function (exports, require, module, __filename, __dirname) {${source}\n})`;
  const script = new vm.Script(wrapper, { filename: file, cachedData });
  const loaded = { exports: {} };
  script.runInThisContext()(loaded.exports, createRequire(file), loaded, file, dirname(file));
  // Only what has run is compiled: a failure or a help text would be a poor sample of what the command needs.
  if (cacheFile && (!cachedData || script.cachedDataRejected))
    process.on('exit', (status) => status === 0 && write(cacheFile, script.createCachedData()));
  return loaded.exports;
}

/** V8 refuses code of another V8 or processor, but does not compare sources: the bundle's hash is in the name. */
function cacheFileFor(source, argv) {
  const [command = '', ...words] = argv[0] === 'run-class' ? classFirst(argv.slice(1)) : argv;
  if (!/^[a-z][a-z0-9.-]*$/.test(command) || words.length === 0 || words.includes('--help')) return undefined;
  const hash = source.slice(3, source.indexOf('\n'));
  return join(dirname(file), 'cache', `${hash}-${process.version}-${process.arch}-${command}`);
}

/** What is used is up to the class: `-name x kafka.Kafka server.properties` → `kafka.kafka`, `server.properties`. */
function classFirst(words) {
  const at = words.findIndex((word, index) => !word.startsWith('-') && words[index - 1] !== '-name');
  return at < 0 ? [] : [words[at].toLowerCase(), ...words.slice(at + 1)];
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Whole or not at all; not at all where the program's folder belongs to somebody else. */
function write(path, data) {
  const own = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(own, data);
    renameSync(own, path);
  } catch {
    rmSync(own, { force: true });
  }
}
