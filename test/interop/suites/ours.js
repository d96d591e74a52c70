// Programs of our own for libraries that publish no tests, or none that can be run so: each a file of test/interop.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pythonWith } from './cache.js';
import { run } from './process.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * A suite that is one of the files that `npm run test:kafka` runs too. What its machine lacks it skips itself, by name.
 * @param name also that of the file
 * @param packages of PyPI, for a Python of their own that KTOOL_PYTHON is set to
 */
export const ours = (name, version, packages = []) => ({
  name,
  version,
  whyNot: (broker) => (broker === 'kafka' ? 'it runs on both brokers where it compares them' : undefined),
  async run() {
    const dir = mkdtempSync(join(tmpdir(), 'ktool-interop-'));
    const report = join(dir, 'report.json');
    try {
      const reporters = ['--reporter=json', `--outputFile=${report}`];
      const args = ['run', '--config', 'vitest.kafka.config.ts', `test/interop/${name}.test.ts`, ...reporters];
      const vitest = join(root, 'node_modules/vitest/vitest.mjs');
      const env = packages.length === 0 ? {} : { KTOOL_PYTHON: await pythonWith(name, packages) };
      const { output } = await run(process.execPath, [vitest, ...args], { cwd: root, env, timeout: 580_000 });
      for (const [line] of output.matchAll(/^skipped: .*$/gm)) console.log(line);
      return resultsOf(JSON.parse(readFileSync(report, 'utf8')));
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
});

const RESULTS = { passed: 'passed', failed: 'failed' };

const resultsOf = ({ testResults }) =>
  testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status, failureMessages }) => ({
      name: fullName,
      result: RESULTS[status] ?? 'skipped',
      output: failureMessages.join('\n'),
    })),
  );
