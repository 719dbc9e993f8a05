import type { Context } from 'hono';
import { html } from 'hono/html';
import type { z } from 'zod';
import { Parties } from '../../../protocol/control-api/parties.ts';
import { type Control, ControlProblem } from '../../control.ts';
import type { LogIn, LogIns } from '../../frame/log-ins.ts';
import { type Html, type Page, pageOf, shown } from '../../frame/page.ts';
import { partsNavigation } from '../../frame/parts.ts';
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
  {
    path: 'reviews',
    needs: 'reviews.show',
    ...{ ja: '確認と承認', en: 'Reviews' },
    aboutJa: '自動では送れない副本を、一人が確認し、別の一人が承認する',
    aboutEn: 'What is not sent by itself: one person reviews, another approves',
  },
  {
    path: 'copies',
    needs: 'copies.show',
    ...{ ja: '副本', en: 'Copies' },
    aboutJa: '提供のために持っている副本を探し、内容を見る（閲覧は記録される）',
    aboutEn: 'Find and look at what is held for provision; each look is recorded',
  },
  {
    path: 'imports',
    needs: 'copies.import',
    ...{ ja: '取込', en: 'Import' },
    aboutJa: '副本のファイルを取り込み、誤りを一行ずつ知る',
    aboutEn: 'Take in a file of copies; every mistake line by line',
  },
  {
    path: 'reconciliations',
    needs: 'copies.reconcile',
    ...{ ja: '突合', en: 'Reconciliation' },
    aboutJa: '原本と副本を突き合わせ、ずれを見つける',
    aboutEn: 'Compare the originals with the copies, and find drift',
  },
  {
    path: 'staff',
    needs: 'staff.show',
    ...{ ja: '職員', en: 'Staff' },
    aboutJa: '利用者と権限',
    aboutEn: 'Users and authorities',
  },
  {
    path: 'operations',
    needs: 'operations.show',
    ...{ ja: '操作記録', en: 'Operation log' },
    aboutJa: '誰がいつ何をしたか',
    aboutEn: 'Who did what, when',
  },
  {
    path: 'anomalies',
    needs: 'anomalies.show',
    ...{ ja: '異常', en: 'Anomalies' },
    aboutJa: '時間外、休日、続けて失敗したログイン',
    aboutEn: 'After hours, on holidays, failed log-ins in a row',
  },
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

const navigation = (page: StaffPage): Html => {
  const { say, agency, logIn } = page;
  const parts = NODE_PAGES.filter(({ needs }) => logIn.operations.includes(needs)).map(
    ({ path, ja, en }) => ({ href: `/node/${agency}/${path}`, ja, en }),
  );
  const end = html`<form method="post" action="/node/${agency}/log-out"><span class="soft">${logIn.user}</span> <button>${say('ログアウト', 'Log out')}</button></form>`;
  return partsNavigation(page, say('中間サーバーの画面', 'Pages of the node'), parts, end);
};

/** @throws ControlProblem not_found */
export async function nameOf(control: Control, agency: string): Promise<string> {
  const { parties } = await control.get('/v1/parties', Parties);
  const running = parties.find(({ code, roles }) => code === agency && roles.length > 0);
  if (running) return running.name;
  // One that is switched off is told of by its status alone.
  const { agencies } = await control.get('/v1/parties/status', Agencies);
  const found = agencies.find(({ code }) => code === agency);
  if (found) return found.name;
  const words = { ja: 'この機関はありません', en: 'There is no such agency' };
  throw new ControlProblem({ status: 404, code: 'not_found', ...words });
}
