// Tests of Go packages: built once, then run as a program.
import { join } from 'node:path';
import { must, run } from './process.js';

/** Builds the tests of a package. @returns the path of the program */
export async function buildTests(folder, name, tags = '') {
  const program = join(folder, `${name}.test`);
  const options = { cwd: folder, env: { GOFLAGS: '-mod=mod -buildvcs=false' }, timeout: 600_000 };
  await must('go', ['test', '-c', '-tags', tags, '-o', program, '.'], options);
  return program;
}

/**
 * Runs the tests that match a regular expression in one process.
 * @param timeout ms for all of them
 * @returns an array of { name, result: 'passed' | 'failed' | 'skipped', output }, a group of subtests not counted itself
 */
export async function runAll(program, pattern, { cwd, env, timeout }) {
  const args = ['-test.v', '-test.run', pattern, '-test.timeout', `${timeout - 10_000}ms`];
  const { code, output } = await run(program, args, { cwd, env, timeout });
  return resultsOf(output, code, 'the run');
}

/**
 * As runAll, each test in a process of its own, `jobs` at a time: one that hangs or panics costs only itself.
 * @param after is called when a test has ended, to put right what it left
 */
export async function runEach(program, pattern, { cwd, env, timeout, jobs = 1, after = async () => {} }) {
  const listed = await must(program, ['-test.list', pattern], { cwd, env });
  const left = listed.split('\n').filter((line) => line.startsWith('Test'));
  const results = [];
  const worker = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift()) {
      const { code, output } = await run(program, ['-test.v', '-test.run', `^${name}$`], { cwd, env, timeout });
      results.push(...resultsOf(output, code, name));
      await after();
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results;
}

const WORDS = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' };

function resultsOf(output, code, whole) {
  const found = [...output.matchAll(/^ *--- (PASS|FAIL|SKIP): (\S+)/gm)];
  const groups = new Set(found.map(([, , name]) => name.slice(0, name.lastIndexOf('/'))));
  const leaves = found.filter(([, , name]) => !groups.has(name));
  const results = leaves.map(([, word, name]) => ({ name, result: WORDS[word], output }));
  if (code === 0 || results.some(({ result }) => result === 'failed')) return results;
  return [...results, { name: `${whole} (${code === null ? 'no end' : `exit ${code}`})`, result: 'failed', output }];
}
