import { defineConfig } from 'vitest/config';

// `npm run test:kafka`: against real Kafka, Python clients and kcat, where the machine has them; each file says what it skips.
export default defineConfig({
  test: {
    include: ['test/interop/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    fileParallelism: false,
    pool: 'forks',
  },
});
