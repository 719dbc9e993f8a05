import type { Hono } from 'hono';
import { html } from 'hono/html';
import { streamSSE } from 'hono/streaming';
import type { Control } from '../../control.ts';
import { pageOf, shown } from '../../frame/page.ts';
import { detailPage } from './detail.ts';
import { exchangeRows, filterForm, filtersOf, queryOf } from './list.ts';
import { Detail, Exchanges, Parties, ScenarioText } from './shapes.ts';

/** GET /exchanges, followed live by /exchanges/live; GET /exchanges/{id}. */
export function exchangePages(app: Hono, control: Control): void {
  app.get('/exchanges', async (context) => {
    const page = pageOf(context, control);
    const { say } = page;
    const url = new URL(context.req.url);
    const filters = filtersOf(url);
    const before = url.searchParams.get('before');
    const [found, parties] = await Promise.all([
      control.get(`/v1/exchanges${queryOf(filters, before)}`, Exchanges),
      control.get('/v1/parties', Parties),
    ]);
    const rows = exchangeRows(page, found, filters);
    const live = `/exchanges/live?${new URLSearchParams(filters)}`;
    return shown(page, say('照会と提供', 'Exchanges'), [
      filterForm(page, filters, parties),
      before === null
        ? html`<div id="rows" hx-sse:connect="${live}" hx-target="#rows" hx-swap="innerMorph">${rows}</div>`
        : html`<div id="rows">${rows}</div>`,
    ]);
  });

  app.get('/exchanges/live', (context) => {
    const page = pageOf(context, control);
    const filters = filtersOf(new URL(context.req.url));
    return streamSSE(context, async (stream) => {
      const watching = new AbortController();
      stream.onAbort(() => watching.abort());
      const live = await control.raw('/v1/exchanges/live', { signal: watching.signal });
      const reader = live.body?.getReader();
      while (reader && !stream.aborted) {
        // Each chunk says only that something changed: the rows are looked up once for all of them.
        const { done } = await reader.read();
        if (done) break;
        const found = await control
          .get(`/v1/exchanges${queryOf(filters)}`, Exchanges)
          .catch(() => undefined);
        // The network is being taken down, or goes back: whoever follows connects again.
        if (!found) break;
        const rows = await exchangeRows(page, found, filters);
        await stream.writeSSE({ data: String(rows) });
      }
      await reader?.cancel();
    });
  });

  app.get('/exchanges/:id/scenario', async (context) => {
    const id = encodeURIComponent(context.req.param('id'));
    const { name, yaml } = await control.get(`/v1/exchanges/${id}/scenario`, ScenarioText);
    return context.body(yaml, 200, {
      'content-type': 'application/yaml; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });

  app.get('/exchanges/:id', async (context) => {
    const page = pageOf(context, control);
    const id = encodeURIComponent(context.req.param('id'));
    const detail = await control.get(`/v1/exchanges/${id}`, Detail);
    return detailPage(page, detail);
  });
}
