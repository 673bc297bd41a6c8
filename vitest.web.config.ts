import { defineConfig } from 'vitest/config';

/** The tests that need a browser: `npm run test:web`. */
export default defineConfig({
  test: { include: ['test-web/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
