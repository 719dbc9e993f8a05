/** `import 'renkei/testing/jest'`: the matchers for jest’s global `expect`, and their types (with @types/jest). */
import { matchers, type RenkeiMatchers } from './matchers/matchers.ts';

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: a merged interface repeats the parameters of the first.
    interface Matchers<R, T = {}> extends RenkeiMatchers<R> {}
  }
}

const found: unknown = Reflect.get(globalThis, 'expect');
if (!hasExtend(found)) {
  throw new Error(
    'no global expect: in jest, list renkei/testing/jest in setupFilesAfterEnv, or use expect.extend(matchers)',
  );
}
found.extend(matchers);

function hasExtend(value: unknown): value is { extend(given: object): void } {
  return typeof value === 'function' && 'extend' in value && typeof value.extend === 'function';
}
