const NAMES = ['Request', 'Response'] as const;

let running = 0;
let kept: readonly (PropertyDescriptor | undefined)[] = [];

/**
 * Keeps the globals of whoever runs the test: the HTTP server of the parties puts its own `Request` and `Response`
 * in their place when it begins to listen, and then `instanceof Response` is false for what others made.
 */
export async function keepingGlobals<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running === 0) kept = NAMES.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    if (running === 0) {
      NAMES.forEach((name, at) => {
        const descriptor = kept[at];
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      });
    }
  }
}
