import type { OpenAPIHono } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { getJson } from '../../service/http/json-route.ts';
import type { Journal, JournalEntry } from '../journal.ts';
import { EntrySchema } from '../snapshot/state-file.ts';

const Messages = z
  .enum(['true', 'false'])
  .default('false')
  .describe('Every message on its way too (kind `message`), besides what the parties tell');

const JournalQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
  messages: Messages,
});

/** A watcher that does not keep up is cut off rather than remembered without limit. */
const MOST_WAITING = 10_000;

/** GET /v1/journal: what happened; GET /v1/journal/live: what happens, as server-sent events. */
export function journalRoutes(app: OpenAPIHono, journal: Journal): void {
  getJson(app, {
    path: '/v1/journal',
    summary: 'Messages and decisions, oldest first; sealed bytes only as a digest',
    query: JournalQuery,
    responses: { 200: z.strictObject({ entries: z.array(EntrySchema) }) },
    handle: ({ after, limit, messages }) => {
      const entries = journal.after(after, Number.POSITIVE_INFINITY).filter(wanted(messages));
      return { status: 200, body: { entries: copies(entries.slice(0, limit)) } };
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/v1/journal/live',
    summary: 'The same as it happens; event `ready` first, `restored` when the journal goes back',
    request: { query: z.strictObject({ messages: Messages }) },
    responses: {
      200: {
        description: 'Server-sent events: `data` is an entry, `id` its seq',
        content: { 'text/event-stream': { schema: z.string() } },
      },
    },
  });
  app.get('/v1/journal/live', (context) => {
    const messages = Messages.safeParse(context.req.query('messages'));
    const isWanted = wanted(messages.data ?? 'false');
    return streamSSE(context, async (stream) => {
      const waiting: (JournalEntry | Restored)[] = [];
      let wake = Promise.withResolvers<void>();
      const tell = (entry: JournalEntry | Restored) => {
        waiting.push(entry);
        wake.resolve();
      };
      const stop = journal.watch(
        (entry) => {
          if (isWanted(entry)) tell(entry);
        },
        (last) => tell({ restored: last }),
      );
      stream.onAbort(() => {
        stop();
        wake.resolve();
      });
      await stream.writeSSE({ event: 'ready', data: String(journal.last) });
      while (!stream.aborted && waiting.length < MOST_WAITING) {
        if (waiting.length === 0) await wake.promise;
        wake = Promise.withResolvers<void>();
        for (const each of waiting.splice(0)) {
          await stream.writeSSE(
            'restored' in each
              ? { event: 'restored', data: String(each.restored) }
              : { id: String(each.seq), data: JSON.stringify(each) },
          );
        }
      }
      stop();
    });
  });
}

/** The journal went back to this number. */
interface Restored {
  readonly restored: number;
}

const wanted =
  (messages: 'true' | 'false') =>
  ({ kind }: JournalEntry): boolean =>
    messages === 'true' || kind !== 'message';

const copies = (entries: readonly JournalEntry[]) =>
  entries.map((entry) => ({ ...entry, ids: [...entry.ids] }));
