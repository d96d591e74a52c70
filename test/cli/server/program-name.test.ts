import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { programName } from '../../../src/cli/server/program-name.ts';

test.each<[how: string, program: string, env: NodeJS.ProcessEnv, typed: string]>([
  ['npm start in a clone', resolve('bin/run.js'), { npm_lifecycle_event: 'start' }, `node ${join('bin', 'run.js')}`],
  ['node bin/run.js', resolve('bin/run.js'), {}, `node ${join('bin', 'run.js')}`],
  ['by file, from elsewhere', '/elsewhere/bin/run.js', {}, 'node /elsewhere/bin/run.js'],
  ['installed for all, or npm link', '/usr/local/bin/ktool', {}, 'ktool'],
  ['npx', resolve('node_modules/.bin/ktool'), { npm_lifecycle_event: 'npx' }, 'npx ktool'],
  [
    'a script of a package that has it',
    resolve('node_modules/.bin/ktool'),
    { npm_lifecycle_event: 'kafka' },
    'npx ktool',
  ],
  ['by the path into a package', resolve('node_modules/.bin/ktool'), {}, 'npx ktool'],
])('what is to be typed next is what works here: %s', (_, program, env, typed) => {
  expect(programName(env, program)).toBe(typed);
});
