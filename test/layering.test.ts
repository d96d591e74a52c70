import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// Who may import whom. A folder not named here may import nothing of the project.
const RULES: Record<string, { project: string[]; packages?: RegExp; builtins?: RegExp }> = {
  util: { project: [], builtins: /^node:crypto$/ },
  protocol: {
    project: ['util'],
    packages: /^(snappy|lz4-napi|@bokuweb\/zstd-wasm|@node-rs\/crc32)$/,
    builtins: /^node:(zlib|module)$/,
  },
  log: { project: ['protocol/records', 'util'], builtins: /^node:(path|os|crypto)$/ },
  security: { project: ['util'], builtins: /^node:(crypto|tls|net)$/ },
  client: {
    project: ['protocol', 'security', 'util'],
    builtins: /^node:(net|tls|dns|dns\/promises|events|crypto|url|util|timers\/promises)$/,
  },
  broker: {
    project: ['log', 'protocol', 'security', 'util'],
    packages: /^re2js$/,
    builtins: /^node:(net|tls|os|path|url|crypto|events|module|perf_hooks)$/,
  },
  tools: {
    project: ['client', 'protocol', 'log', 'security', 'util'],
    packages: /^re2js$/,
    builtins: /^node:(buffer|events|crypto|timers\/promises)$/,
  },
  cli: {
    project: ['tools', 'client', 'protocol', 'security', 'util'],
    packages: /^(chalk|cli-table3|@oclif\/core)(\/|$)/,
    builtins: /^node:/,
  },
  commands: {
    project: ['cli', 'tools', 'client', 'broker', 'util'],
    packages: /^(chalk|cli-table3|@oclif\/core)(\/|$)/,
    builtins: /^node:/,
  },
  'index.ts': { project: ['broker', 'log', 'protocol', 'util'], builtins: /^node:/ },
};

// Single files with a wider door, and what goes through it.
const DOORS: Record<string, RegExp> = {
  'security/http.ts': /^node:https?$/,
  'security/config-providers.ts': /^node:path$/,
  'log/files.ts': /^node:fs(\/promises)?$/,
  'security/read-file.ts': /^node:fs(\/promises)?$/,
  'broker/network/resolve-host.ts': /^node:dns\/promises$/,
};

const src = resolve(dirname(fileURLToPath(import.meta.url)), '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const importsOf = (text: string) =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s(?:[^'"();]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
    ),
  ].map((m) => m[1] ?? m[2]!);

/** The project's files that a file names, be it for a type only, or to load them later. */
const namedBy = (file: string): string[] =>
  importsOf(readFileSync(join(src, file), 'utf8'))
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => relative(src, resolve(src, dirname(file), specifier)))
    .filter((target) => files.includes(target));

/** The files of a circle that can be reached from a file, undefined if there is none. */
function circleFrom(file: string, done: Set<string>, path: readonly string[] = []): readonly string[] | undefined {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
  if (done.has(file)) return undefined;
  for (const next of namedBy(file)) {
    const circle = circleFrom(next, done, [...path, file]);
    if (circle) return circle;
  }
  done.add(file);
  return undefined;
}

function violations(file: string): string[] {
  const room = file.split('/')[0]!;
  const rule = RULES[room];
  if (!rule) return [`${file}: no rule for ${room}`];
  return importsOf(readFileSync(join(src, file), 'utf8')).flatMap((specifier) => {
    if (DOORS[file]?.test(specifier)) return [];
    if (specifier.startsWith('node:')) return rule.builtins?.test(specifier) ? [] : [`${file} imports ${specifier}`];
    if (!specifier.startsWith('.')) return rule.packages?.test(specifier) ? [] : [`${file} imports ${specifier}`];
    const target = relative(src, resolve(src, dirname(file), specifier));
    const inside = target.split('/')[0] === room;
    return inside || rule.project.some((allowed) => target === allowed || target.startsWith(`${allowed}/`))
      ? []
      : [`${file} imports ${target}`];
  });
}

describe('layering', () => {
  it('finds the sources', () => expect(files.length).toBeGreaterThan(50));

  it('keeps every import within the rules of the house', () => {
    expect(files.flatMap(violations)).toEqual([]);
  });

  it('has no circle of files that import one another, not even of types', () => {
    const done = new Set<string>();
    const first = files.reduce<readonly string[] | undefined>(
      (found, file) => found ?? circleFrom(file, done),
      undefined,
    );
    expect(first).toBeUndefined();
    expect(namedBy('broker/network/dispatch.ts')).toContain('broker/network/dispatch-services.ts');
  });

  it('sees imports in all their forms', () => {
    expect(
      importsOf(
        "import a from 'x';\nimport type { b } from \"./y.ts\";\nexport { c } from './z.ts';\nconst d = await import('w');\nimport 'v';",
      ),
    ).toEqual(['x', './y.ts', './z.ts', 'w', 'v']);
  });

  it('keeps process.stdout, process.exit and console out of all but the command line', () => {
    const noisy = files
      .filter((file) => !/^(cli|commands)\//.test(file))
      .filter((file) =>
        /\bprocess\.(stdout|stderr|exit)\b|\bconsole\.\w+\(/.test(readFileSync(join(src, file), 'utf8')),
      );
    expect(noisy).toEqual([]);
  });
});
