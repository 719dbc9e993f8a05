import { setTimeout as pause } from 'node:timers/promises';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Journal } from '../journal.ts';

/** However much happens, whoever watches is told at most this often: they look again by themselves. */
const AT_MOST_EVERY_MS = 250;
const CHANGES: ReadonlySet<string> = new Set(['decision', 'answer', 'delivery', 'delivery-kept']);

/** GET /v1/exchanges/live: that there is something new to see, as server-sent events; never what. */
export function exchangesLiveRoute(app: OpenAPIHono, journal: Journal): void {
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/exchanges/live',
    tags: ['exchanges'],
    summary:
      'Event `changed` at once, and when exchanges were begun or went on, at most four times a second',
    responses: {
      200: {
        description: 'Server-sent events; `data` is the journal’s last number',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
  });
  app.get('/v1/exchanges/live', (context) =>
    streamSSE(context, async (stream) => {
      let changed = Promise.withResolvers<void>();
      // Whatever happened since the reader last looked, before this stream was there to tell.
      changed.resolve();
      const stop = journal.watch(
        ({ kind, facts }) => {
          if (CHANGES.has(String(kind === 'message' ? facts?.message : kind))) changed.resolve();
        },
        () => changed.resolve(),
      );
      stream.onAbort(() => {
        stop();
        changed.resolve();
      });
      while (!stream.aborted) {
        await changed.promise;
        changed = Promise.withResolvers<void>();
        await stream.writeSSE({ event: 'changed', data: String(journal.last) });
        await pause(AT_MOST_EVERY_MS, undefined, { ref: false });
      }
      stop();
    }),
  );
}
