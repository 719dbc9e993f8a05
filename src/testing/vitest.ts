/** `import 'renkei/testing/vitest'`: the matchers for vitest’s `expect`, and their types. */
import { expect } from 'vitest';
import { matchers, type RenkeiMatchers } from './matchers/matchers.ts';

declare module 'vitest' {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown>
    extends RenkeiMatchers<R> {}
}

expect.extend(matchers);
