#!/usr/bin/env node
// Bundles src/ into dist/ and writes oclif.manifest.json.
//   node bin/build.js           bundle and manifest
//   node bin/build.js --types   only the type declarations of the library, which a package needs beside the bundle
//   node bin/build.js --check   the same, but fails if the manifest in the repository is not up to date, and leaves it alone
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Plugin } from '@oclif/core';
import { build } from 'esbuild';
import { SCRIPTS } from './scripts.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifestFile = join(root, 'oclif.manifest.json');

// Packages with native code or WebAssembly find their files beside themselves; kafkajs is loaded by few commands.
const EXTERNAL = ['snappy', 'lz4-napi', '@node-rs/crc32', '@bokuweb/zstd-wasm', 'kafkajs'];

// CommonJS packages inside an ES module bundle expect these names.
const BANNER = [
  "import { createRequire as ktoolCreateRequire } from 'node:module';",
  "import { dirname as ktoolDirname } from 'node:path';",
  "import { fileURLToPath as ktoolFileURLToPath } from 'node:url';",
  'const require = ktoolCreateRequire(import.meta.url);',
  'const __filename = ktoolFileURLToPath(import.meta.url);',
  'const __dirname = ktoolDirname(__filename);',
].join('');

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function bundle() {
  const source = join(root, 'src');
  const entryPoints = [
    join(source, 'cli/main.ts'),
    join(source, 'index.ts'),
    ...filesUnder(join(source, 'commands')),
    ...filesUnder(join(source, 'cli/hooks')),
  ].filter((file) => existsSync(file));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: join(root, 'dist'),
    outbase: source,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: EXTERNAL,
    banner: { js: BANNER },
    chunkNames: 'chunks/[name]-[hash]',
    logLevel: 'warning',
    legalComments: 'none',
    metafile: true,
  });
  const scripts = join(root, 'dist', SCRIPTS);
  writeFileSync(scripts, await bundleScripts());
  removeStale(new Set([scripts, ...Object.keys(metafile.outputs).map((file) => join(root, file))]));
}

/**
 * All commands that a shell script calls again and again, in one CommonJS file with its hash on top: Node loads that in half
 * the time of the fifty ES modules that such a command takes, and its compiled code can be kept (scripts.js).
 */
async function bundleScripts() {
  const commands = join(root, 'src/commands');
  const loaders = filesUnder(commands)
    .map((file) => relative(commands, file))
    .filter((file) => file !== join('server', 'start.ts'))
    .map(
      (file) =>
        `${JSON.stringify(file.replaceAll('\\', '/').slice(0, -3))}: () => import(${JSON.stringify(`./src/commands/${file}`)}),`,
    );
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: `import { runLight } from './src/cli/main.ts';
        const commands = { ${loaders.join('\n')} };
        export const run = (settings, importModule) => {
          ktoolImport = importModule;
          return runLight(settings, (name) => commands[name]?.());
        };`,
      resolveDir: root,
    },
    write: false,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: [...EXTERNAL, '@oclif/core', 're2js'],
    define: { 'import.meta.url': 'ktoolUrl' },
    banner: { js: "const ktoolUrl = require('node:url').pathToFileURL(__filename).href; let ktoolImport;" },
    minifyWhitespace: true,
    logLevel: 'warning',
    legalComments: 'none',
  });
  // What is left to import are packages and modules of users; code that was compiled by hand may not import.
  const text = outputFiles[0].text.replaceAll(/\bimport\(/g, 'ktoolImport(');
  return `// ${createHash('sha256').update(text).digest('hex').slice(0, 16)}\n${text}`;
}

/** What an earlier build left behind goes last, so that a ktool started meanwhile finds its files. */
function removeStale(current) {
  for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !current.has(file)) rmSync(file);
  }
}

/** Declarations of what src/index.ts exports, one file per module: the bundle's chunks have no names to declare. */
function declareTypes() {
  const options = [
    ['--ignoreConfig', join(root, 'src/index.ts'), '--declaration', '--emitDeclarationOnly'],
    ['--rewriteRelativeImportExtensions', '--rootDir', join(root, 'src'), '--outDir', join(root, 'dist/types')],
    ['--target', 'es2023', '--lib', 'es2023', '--module', 'nodenext', '--types', 'node', '--strict', '--skipLibCheck'],
  ];
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  const args = [join(compiler, '..', 'bin', 'tsc'), ...options.flat()];
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) throw new Error('No type declarations');
}

/** The manifest as text: the same sources give the same bytes. */
async function manifestText() {
  const plugin = new Plugin({ root, type: 'core', ignoreManifest: true, errorOnManifestCreate: true });
  await plugin.load();
  return `${JSON.stringify(sorted(plugin.manifest), null, 2)}\n`;
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

async function bundleAndManifest() {
  await bundle();
  const manifest = await manifestText();
  const committed = existsSync(manifestFile) ? readFileSync(manifestFile, 'utf8') : '';
  if (!process.argv.includes('--check')) {
    if (manifest !== committed) writeFileSync(manifestFile, manifest);
  } else if (manifest !== committed) {
    console.error('oclif.manifest.json is not up to date. Run: npm run build');
    process.exitCode = 1;
  }
}

if (process.argv.includes('--types')) declareTypes();
else await bundleAndManifest();
