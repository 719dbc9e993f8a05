import { setTimeout as pause } from 'node:timers/promises';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { Journal, JournalEntry } from '../journal.ts';

const EVERY_MS = 300;

/** What went from one party to another since the last time. */
const Link = z.strictObject({
  from: z.string(),
  to: z.string(),
  messages: z.int(),
  /** Of them refusals, losses and faults. */
  failed: z.int(),
  /** The kind of the last one. */
  last: z.string(),
});

/** GET /v1/traffic/live: how much went along each link, summed up: as much work at a thousand messages as at one. */
export function trafficLiveRoute(app: OpenAPIHono, journal: Journal): void {
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/traffic/live',
    tags: ['journal'],
    summary: 'Event `traffic` about three times a second while there is any: messages by link',
    responses: {
      200: {
        description: 'Server-sent events; `data` is an array of links',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
  });
  app.get('/v1/traffic/live', (context) =>
    streamSSE(context, async (stream) => {
      let links = new Map<string, z.infer<typeof Link>>();
      let some = Promise.withResolvers<void>();
      const stop = journal.watch((entry) => {
        if (entry.kind !== 'message' && entry.kind !== 'fault') return;
        count(links, entry);
        some.resolve();
      });
      stream.onAbort(() => {
        stop();
        some.resolve();
      });
      await stream.writeSSE({ event: 'ready', data: '[]' });
      while (!stream.aborted) {
        await some.promise;
        some = Promise.withResolvers<void>();
        const told = [...links.values()];
        links = new Map();
        await stream.writeSSE({ event: 'traffic', data: JSON.stringify(told) });
        await pause(EVERY_MS, undefined, { ref: false });
      }
      stop();
    }),
  );
}

function count(
  links: Map<string, z.infer<typeof Link>>,
  { from, to, outcome, facts }: JournalEntry,
): void {
  const key = `${from} ${to}`;
  const link = links.get(key) ?? { from, to, messages: 0, failed: 0, last: '' };
  link.messages += 1;
  if (outcome !== undefined) link.failed += 1;
  link.last = String(facts?.message ?? '');
  links.set(key, link);
}
