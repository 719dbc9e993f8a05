import { Hono } from 'hono';
import { setCookie } from 'hono/cookie';
import { html } from 'hono/html';
import { type AskControl, Control } from './control.ts';
import { assets } from './frame/assets.ts';
import { LANGUAGE_COOKIE } from './frame/language.ts';
import { pageOf, shown } from './frame/page.ts';
import { refusedPage } from './frame/refusal.ts';
import { guardConsole, strictHeaders } from './frame/security.ts';
import { exchangePages } from './pages/exchanges/routes.ts';
import { lawPages } from './pages/law/routes.ts';
import { networkPages } from './pages/network/routes.ts';
import { nodePages } from './pages/node/routes.ts';
import { personPages } from './pages/person/routes.ts';
import { simulationPages } from './pages/simulation/routes.ts';
import { tryPages } from './pages/try/routes.ts';

/**
 * The console: pages that show the network and act on it, made on the server out of the control plane’s API and
 * nothing else. Whoever can reach this machine’s loopback is its operator, as with any local emulator.
 * @param ask the control plane’s HTTP API @param token the operator’s token of this start
 */
export function makeConsole(ask: AskControl, token: string): Hono {
  const control = new Control(ask, token);
  const app = new Hono();
  app.use(strictHeaders());
  app.use(guardConsole());
  app.onError((error, context) => refusedPage(pageOf(context, control), error));
  app.notFound((context) => {
    const page = pageOf(context, control);
    const { say } = page;
    return shown(
      page,
      say('見つかりません', 'Not found'),
      html`<p><a href="/">${say('最初のページへ', 'To the first page')}</a></p>`,
      404,
    );
  });
  assets(app);
  app.post('/language', async (context) => {
    const form = await context.req.parseBody();
    const to = form.to === 'en' ? 'en' : 'ja';
    setCookie(context, LANGUAGE_COOKIE, to, { path: '/', sameSite: 'Strict', maxAge: 31_536_000 });
    return context.redirect(localPath(form.at), 303);
  });
  networkPages(app, control);
  tryPages(app, control);
  lawPages(app, control);
  nodePages(app, control);
  personPages(app, control);
  simulationPages(app, control);
  exchangePages(app, control);
  return app;
}

/** A path of this console; anything else would lead away from it. */
const localPath = (at: unknown): string =>
  typeof at === 'string' && /^\/(?![/\\])/.test(at) ? at : '/';
