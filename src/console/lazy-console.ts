import type { Hono } from 'hono';
import type { AskControl } from './control.ts';

/** The console, loaded when somebody first looks: a network without onlookers starts without it. */
export function lazyConsole(ask: AskControl, token: string) {
  let made: Promise<Hono> | undefined;
  const load = async () => (await import('./console.ts')).makeConsole(ask, token);
  return {
    async fetch(request: Request): Promise<Response> {
      made ??= load();
      return await (await made).fetch(request);
    },
  };
}
