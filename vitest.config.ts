import { defineConfig } from 'vitest/config';

// Tests that need Java, Python or kcat live in test/interop and run by `npm run test:kafka` only.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
  },
});
