import type { Hono } from 'hono';
import { html } from 'hono/html';
import { ExchangeDetail } from '../../../protocol/control-api/exchange-detail.ts';
import { ExchangeProofs } from '../../../protocol/control-api/exchange-proofs.ts';
import { Exchanges } from '../../../protocol/control-api/exchanges.ts';
import { Parties } from '../../../protocol/control-api/parties.ts';
import type { Control } from '../../control.ts';
import { lead, pageOf, shown } from '../../frame/page.ts';
import { detailPage } from './detail.ts';
import { followExchanges } from './follow.ts';
import { exchangeRows, filterForm, filtersOf, queryOf } from './list.ts';
import { ScenarioText } from './shapes.ts';

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
      lead(
        say(
          '照会の求めはすべて、許可されたものも拒まれたものも、ここに並びます。選ぶと、電文と理由と記録が見られます。',
          'Every inquiry is listed here, allowed or not. Choose one to see its messages, why, and its records.',
        ),
      ),
      filterForm(page, filters, parties),
      before === null
        ? html`<div id="rows" class="card" hx-sse:connect="${live}" hx-target="#rows" hx-swap="innerMorph">${rows}</div>`
        : html`<div id="rows" class="card">${rows}</div>`,
    ]);
  });

  app.get('/exchanges/live', (context) => {
    const page = pageOf(context, control);
    const filters = filtersOf(new URL(context.req.url));
    return followExchanges(page, queryOf(filters), (found) => exchangeRows(page, found, filters));
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
    const [detail, proofs] = await Promise.all([
      control.get(`/v1/exchanges/${id}`, ExchangeDetail),
      control.get(`/v1/exchanges/${id}/proofs`, ExchangeProofs),
    ]);
    return detailPage(page, detail, proofs);
  });
}
