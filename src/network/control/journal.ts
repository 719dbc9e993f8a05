import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { getJson } from '../../service/http/json-route.ts';
import type { Journal, JournalEntry } from '../journal.ts';

export const JournalEntrySchema = z.strictObject({
  seq: z.int(),
  at: z.int(),
  elapsed: z.number(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  ids: z.array(z.string()),
  outcome: z.string().optional(),
  elapsedMs: z.number().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

const JournalQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});

/** A watcher that does not keep up is cut off rather than remembered without limit. */
const MOST_WAITING = 10_000;

/** GET /v1/journal: what happened; GET /v1/journal/live: what happens, as server-sent events. */
export function journalRoutes(app: OpenAPIHono, journal: Journal): void {
  getJson(app, {
    path: '/v1/journal',
    summary: 'Messages and decisions, oldest first; sealed bytes only as a digest',
    query: JournalQuery,
    responses: { 200: z.strictObject({ entries: z.array(JournalEntrySchema) }) },
    handle: ({ after, limit }) => ({
      status: 200,
      body: { entries: copies(journal.after(after, limit)) },
    }),
  });
  app.get('/v1/journal/live', (context) =>
    streamSSE(context, async (stream) => {
      const waiting: JournalEntry[] = [];
      let wake = Promise.withResolvers<void>();
      const stop = journal.watch((entry) => {
        waiting.push(entry);
        wake.resolve();
      });
      stream.onAbort(() => {
        stop();
        wake.resolve();
      });
      await stream.writeSSE({ event: 'ready', data: String(journal.last) });
      while (!stream.aborted && waiting.length < MOST_WAITING) {
        if (waiting.length === 0) await wake.promise;
        wake = Promise.withResolvers<void>();
        for (const entry of waiting.splice(0)) {
          await stream.writeSSE({ id: String(entry.seq), data: JSON.stringify(entry) });
        }
      }
      stop();
    }),
  );
}

const copies = (entries: readonly JournalEntry[]) =>
  entries.map((entry) => ({ ...entry, ids: [...entry.ids] }));
