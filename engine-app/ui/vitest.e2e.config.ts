import { defineConfig } from 'vitest/config';

/** Browser tests against a running server (LEADLOOM_URL), with the Chromium of the machine (CHROMIUM). */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    // What a server answers takes longer on a busy machine.
    expect: { poll: { timeout: 15_000, interval: 100 } },
  },
});
