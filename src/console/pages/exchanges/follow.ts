import { streamSSE } from 'hono/streaming';
import type { z } from 'zod';
import { Exchanges } from '../../../protocol/control-api/exchanges.ts';
import type { Html, Page } from '../../frame/page.ts';

/**
 * Shows exchanges again whenever something has changed, as server-sent events: each tells only that, and what is shown
 * is looked up once for all that happened since, so the work does not grow with the traffic.
 * @param query of GET /v1/exchanges, with its question mark
 */
export const followExchanges = (
  { context, control }: Page,
  query: string,
  show: (found: z.infer<typeof Exchanges>) => Html,
) =>
  streamSSE(context, async (stream) => {
    const watching = new AbortController();
    stream.onAbort(() => watching.abort());
    const live = await control.raw('/v1/exchanges/live', { signal: watching.signal });
    const reader = live.body?.getReader();
    while (reader && !stream.aborted) {
      const { done } = await reader.read();
      if (done) break;
      const found = await control.get(`/v1/exchanges${query}`, Exchanges).catch(() => undefined);
      // The network is being taken down, or goes back: whoever follows connects again.
      if (!found) break;
      await stream.writeSSE({ data: String(await show(found)) });
    }
    await reader?.cancel();
  });
