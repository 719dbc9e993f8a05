import type { Context } from 'hono';
import { html } from 'hono/html';
import type { z } from 'zod';
import { type Control, ControlProblem } from '../../control.ts';
import type { LogIn, LogIns } from '../../frame/log-ins.ts';
import { type Html, type Page, pageOf, shown } from '../../frame/page.ts';
import { refusal } from '../../frame/refusal.ts';
import { Statuses as Agencies } from '../network/shapes.ts';
import { logInForm } from './log-in-form.ts';

/** A page of one node for the member of staff who is logged in there. */
export interface StaffPage extends Page {
  readonly agency: string;
  readonly name: string;
  readonly logIn: LogIn;
  /** @throws ControlProblem */
  get<Shape extends z.ZodType>(path: string, shape: Shape): Promise<z.output<Shape>>;
  post<Shape extends z.ZodType>(
    path: string,
    body: unknown,
    shape: Shape,
  ): Promise<z.output<Shape>>;
}

/** What a page of a node holds. */
export interface Content {
  readonly title: string;
  readonly body: Html | readonly Html[];
}
/** A form that was carried out leads to a page, so that showing it again does nothing again (RFC 9110 §15.4.4). */
export interface GoTo {
  readonly to: string;
}

/** The pages of a node, and which operation a member of staff needs for each. */
export const NODE_PAGES = [
  { path: 'reviews', needs: 'reviews.show', ja: '確認と承認', en: 'Reviews' },
  { path: 'copies', needs: 'copies.show', ja: '副本', en: 'Copies' },
  { path: 'imports', needs: 'copies.import', ja: '取込', en: 'Import' },
  { path: 'reconciliations', needs: 'copies.reconcile', ja: '突合', en: 'Reconciliation' },
  { path: 'staff', needs: 'staff.show', ja: '職員', en: 'Staff' },
  { path: 'operations', needs: 'operations.show', ja: '操作記録', en: 'Operation log' },
  { path: 'anomalies', needs: 'anomalies.show', ja: '異常', en: 'Anomalies' },
] as const;

/**
 * Shows a page of a node to whoever is logged in there, or the log-in. What the node refuses because a session is over
 * leads back to the log-in too.
 */
export async function forStaff(
  context: Context,
  control: Control,
  logIns: LogIns,
  make: (page: StaffPage) => Promise<Content | GoTo>,
) {
  const page = pageOf(context, control);
  const agency = context.req.param('agency') ?? '';
  const name = await nameOf(control, agency);
  const logIn = logIns.of(context, agency);
  if (!logIn) return logInPage(page, agency, name);
  const as = `Bearer ${logIn.token}`;
  const node = `/v1/nodes/${encodeURIComponent(agency)}`;
  const staff: StaffPage = {
    ...page,
    ...{ agency, name, logIn },
    get: (path, shape) => control.get(`${node}${path}`, shape, { as }),
    post: (path, body, shape) => control.post(`${node}${path}`, body, shape, { as }),
  };
  try {
    const made = await make(staff);
    if ('to' in made) return context.redirect(made.to, 303);
    const { title, body } = made;
    return shown(page, `${name}: ${title}`, [
      navigation(staff),
      ...(Array.isArray(body) ? body : [body]),
    ]);
  } catch (error) {
    if (!(error instanceof ControlProblem)) throw error;
    if (error.problem.code === 'not_authenticated') {
      logIns.forget(context, agency);
      return logInPage(page, agency, name, refusal(page, error));
    }
    const title = page.say('できません', 'Not possible');
    return shown(
      page,
      `${name}: ${title}`,
      [navigation(staff), refusal(page, error)],
      error.problem.status === 404 ? 404 : 403,
    );
  }
}

export const logInPage = (page: Page, agency: string, name: string, why: Html = html``) =>
  shown(page, `${name}: ${page.say('ログイン', 'Log in')}`, [why, logInForm(page, agency)]);

const navigation = ({
  say,
  agency,
  logIn,
  context,
}: StaffPage): Html => html`<nav class="node" aria-label="${say('中間サーバーの画面', 'Pages of the node')}">
<ul>${NODE_PAGES.filter(({ needs }) => logIn.operations.includes(needs)).map(({ path, ja, en }) => {
  const href = `/node/${agency}/${path}`;
  const current = context.req.path.startsWith(href) ? html`aria-current="page"` : '';
  return html`<li><a href="${href}" ${current}>${say(ja, en)}</a></li>`;
})}</ul>
<form method="post" action="/node/${agency}/log-out"><span>${logIn.user}</span> <button>${say('ログアウト', 'Log out')}</button></form></nav>`;

/** @throws ControlProblem not_found */
export async function nameOf(control: Control, agency: string): Promise<string> {
  const { agencies } = await control.get('/v1/parties/status', Agencies);
  const found = agencies.find(({ code }) => code === agency);
  if (found) return found.name;
  const words = { ja: 'この機関はありません', en: 'There is no such agency' };
  throw new ControlProblem({ status: 404, code: 'not_found', ...words });
}
