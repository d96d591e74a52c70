import { defineConfig } from 'vitest/config';

/** Tests of what a process has not loaded yet. */
const IN_A_PROCESS_OF_THEIR_OWN = ['test/log/append.test.ts', 'test/protocol/records/compression.test.ts'];
// Tests that need Java, Python or kcat live in test/interop and run by `npm run test:kafka` only.
const exclude = ['test/interop/**'];

// Files share processes: they load the same modules, and a run takes a third less CPU. Nothing of the broker or
// the client lives at module level, so they do not meet.
export default defineConfig({
  test: {
    // Far more than anything takes, on a busy machine too: what runs into one of these is stuck.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000, interval: 20 } },
    pool: 'forks',
    // Tests wait for sockets and processes as much as they compute: with a core left free, as by default, two cores take half again as long.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'shared',
          include: ['test/**/*.test.ts'],
          exclude: [...exclude, ...IN_A_PROCESS_OF_THEIR_OWN],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'own', include: IN_A_PROCESS_OF_THEIR_OWN, exclude } },
    ],
  },
});
