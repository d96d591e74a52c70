// Where connect-plugin-path looks, by the rules of Kafka 4.3.1, and where it ends for want of a JVM.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import command from '../../src/commands/connect-plugin-path.ts';
import { capture } from './capture.ts';

const HEAD =
  'pluginName\tfirstAlias\tsecondAlias\tpluginVersion\tpluginType\tisLoadable\thasManifest\tpluginLocation\n';
const NONE = `${HEAD}\nTotal plugins:      \t0\nLoadable plugins:   \t0\nCompatible plugins: \t0\n`;

let folder = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'ktool-plugins-')));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

function file(name: string, text = 'x'): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function run(argv: readonly string[], env: NodeJS.ProcessEnv = { KTOOL_COMPAT: 'kafka' }) {
  const { stdout, stderr, output } = capture();
  return { status: await command.execute(argv, { env, output }), out: stdout.text, err: stderr.text };
}

const needsJvm = (path: string) =>
  `ktool has no JVM to look into plugins (${path}): use Apache Kafka's own connect-plugin-path for them\n`;

describe('without plugins', () => {
  test('files that are neither jars nor classes do not count, at any depth', async () => {
    file('plugin/readme.txt');
    file('plugin/deep/er/notes.md');
    expect(await run(['list', '--plugin-path', folder])).toEqual({ status: 0, out: NONE, err: '' });
    expect(await run(['list', '--plugin-location', folder])).toEqual({ status: 0, out: NONE, err: '' });
  });

  test('links that lead nowhere do not count, and a circle of links ends', async () => {
    symlinkSync('nowhere.jar', join(folder, 'a.jar'));
    mkdirSync(join(folder, 'plugin'));
    symlinkSync(folder, join(folder, 'plugin', 'up'));
    expect(await run(['list', '--plugin-path', folder])).toMatchObject({ status: 0, out: NONE });
    expect(await run(['list', '--plugin-location', folder])).toMatchObject({ status: 0, out: NONE });
  });

  test('manifests need no change', async () => {
    const scanned = 'Scanning for plugins...\nNo changes required.\n';
    const dry = 'Dry run started: No changes will be committed.\n';
    expect(await run(['sync-manifests', '--plugin-path', folder])).toEqual({ status: 0, out: scanned, err: '' });
    expect(await run(['sync-manifests', '--plugin-path', folder, '--dry-run'])).toMatchObject({ out: dry + scanned });
  });

  test('a document for programs', async () => {
    const { status, out } = await run(['list', '--plugin-path', folder, '--json'], {});
    expect({ status, data: JSON.parse(out) }).toEqual({ status: 0, data: { plugins: 0, loadable: 0, compatible: 0 } });
  });
});

describe('with jars or class files', () => {
  test.each(['lib/plugin.jar', 'lib/deep/plugin.ZIP', 'lib/com/example/Sink.class'])('%s ends it', async (name) => {
    const path = file(name);
    expect(await run(['list', '--plugin-path', folder])).toEqual({ status: 3, out: '', err: needsJvm(path) });
    expect(await run(['sync-manifests', '--plugin-location', join(folder, 'lib')], {})).toEqual({
      status: 1,
      out: '',
      err: needsJvm(path),
    });
  });

  test('a jar is a location, and an element of a path', async () => {
    const jar = file('plugin.jar');
    expect(await run(['list', '--plugin-location', jar])).toMatchObject({ err: needsJvm(jar) });
    expect(await run(['list', '--plugin-path', ` ${folder}/ , ${jar}`])).toMatchObject({ err: needsJvm(jar) });
  });

  test('a class file is an entry of a path, and then no folder', async () => {
    const path = file('Sink.class');
    expect(await run(['list', '--plugin-path', folder])).toEqual({
      status: 3,
      out: HEAD,
      err: `java.lang.RuntimeException: Unexpected error occurred while listing plugins\nCaused by: java.nio.file.NotDirectoryException: ${path}\n\nUnexpected error occurred while listing plugins\n`,
    });
  });
});

describe('the file of a worker', () => {
  test('names a path', async () => {
    const jar = file('plugins/a.jar');
    const worker = file('worker.properties', `plugin.path=${folder}/plugins\n`);
    expect(await run(['list', '--worker-config', worker])).toMatchObject({ status: 3, err: needsJvm(jar) });
  });

  test('may name none, but not an empty one', async () => {
    const without = file('none.properties', 'group.id=a\n');
    expect(await run(['list', '--worker-config', without])).toMatchObject({ status: 0, out: NONE });
    const empty = file('empty.properties', 'plugin.path=\n');
    const said = { status: 2, out: '', err: "'plugin.path' must not be empty.\n" };
    expect(await run(['list', '--worker-config', empty])).toEqual(said);
  });

  test('must be one of properties', async () => {
    const broken = file('broken.properties', 'plugin.path=\\u12\n');
    expect(await run(['list', '--worker-config', broken])).toEqual({
      status: 3,
      out: '',
      err: 'java.lang.IllegalArgumentException: Malformed \\uxxxx encoding.\n\nMalformed \\uxxxx encoding.\n',
    });
  });
});

test('what is not there, in the words of Kafka and in plain ones', async () => {
  const missing = join(folder, 'missing');
  const thrown = `java.io.FileNotFoundException: ${missing}`;
  expect(await run(['list', '--plugin-path', `${folder},${missing}//`])).toEqual({
    status: 3,
    out: '',
    err: `java.lang.RuntimeException: ${thrown}\nCaused by: ${thrown}\n\n${thrown}\n`,
  });
  expect(await run(['list', '--plugin-path', missing], {})).toEqual({
    status: 1,
    out: '',
    err: `${missing}: there is no such file or folder\n`,
  });
  const notes = file('notes.txt');
  expect(await run(['list', '--plugin-location', notes], {})).toEqual({
    status: 1,
    out: '',
    err: `${notes}: is neither a folder nor a jar\n`,
  });
});
