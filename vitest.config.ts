import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Two cores: more workers only take turns.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Less garbage collection: a twentieth of the time.
    execArgv: ['--max-semi-space-size=32'],
    // Many tests start processes of their own: what these compile is kept between them.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/tests') },
  },
});
