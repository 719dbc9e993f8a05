import type { Hono } from 'hono';
import { html } from 'hono/html';
import { Exchanges } from '../../../protocol/control-api/exchanges.ts';
import type { Control } from '../../control.ts';
import { lead, pageOf, shown } from '../../frame/page.ts';
import { followExchanges } from '../exchanges/follow.ts';
import { exchangesInShort } from '../exchanges/list.ts';
import { picture } from './picture.ts';
import { Statuses } from './shapes.ts';
import { statusTable } from './status-table.ts';

const NEWEST = '?limit=8';

/** GET /: the parties, what moves between them and their state; /network/…: the same as it changes. */
export function networkPages(app: Hono, control: Control): void {
  const statuses = () => control.get('/v1/parties/status', Statuses);

  app.get('/', async (context) => {
    const page = pageOf(context, control);
    const { say } = page;
    const [{ agencies }, newest] = await Promise.all([
      statuses(),
      control.get(`/v1/exchanges${NEWEST}`, Exchanges),
    ]);
    return shown(page, say('ネットワーク', 'Network'), [
      lead(
        say(
          '情報提供ネットワークシステムと各機関の中間サーバー。電文は、流れるとおりに図の上を動きます。',
          'The gateway and every agency’s node. Messages move over the picture as they go.',
        ),
      ),
      html`<div class="split"><section class="card">${picture(page, agencies)}</section>
<section class="card"><h2>${say('最近の照会', 'Latest inquiries')}</h2>
<div id="recent" hx-sse:connect="/network/recent" hx-target="#recent" hx-swap="innerMorph">${exchangesInShort(page, newest)}</div>
<p><a class="button" href="/try">${say('照会を試す', 'Try an inquiry')}</a> <a class="button" href="/exchanges">${say('すべて見る', 'See all')}</a></p></section></div>`,
      html`<section class="card"><h2>${say('機関の状態', 'State of the agencies')}</h2>
<div hx-get="/network/table" hx-trigger="every 5s" hx-swap="innerMorph">${statusTable(page, agencies)}</div></section>
<script src="/assets/network.js" defer></script>`,
    ]);
  });
  app.get('/network/recent', (context) => {
    const page = pageOf(context, control);
    return followExchanges(page, NEWEST, (found) => exchangesInShort(page, found));
  });
  app.get('/network/table', async (context) => {
    const page = pageOf(context, control);
    const { agencies } = await statuses();
    return context.html(statusTable(page, agencies));
  });
  app.get('/network/live', async (context) => {
    const live = await control.raw('/v1/traffic/live', { signal: context.req.raw.signal });
    return new Response(live.body, {
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
    });
  });
}
