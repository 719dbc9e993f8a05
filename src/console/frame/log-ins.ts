import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';

const COOKIE = 'renkei-console';
/** Browsers that are remembered; the longest unused is forgotten first. */
const MOST = 200;

/** Who is logged in at a node, with the session token that the node gave. It never leaves this process. */
export interface LogIn {
  readonly user: string;
  readonly token: string;
  readonly operations: readonly string[];
}

/** Log-ins of this console’s browsers, by agency. A browser is known by a random cookie that holds nothing else. */
export class LogIns {
  readonly #browsers = new Map<string, Map<string, LogIn>>();

  of(context: Context, agency: string): LogIn | undefined {
    return this.#browsers.get(getCookie(context, COOKIE) ?? '')?.get(agency);
  }

  /** The cookie is another after each log-in: one that somebody knew before is worth nothing. */
  keep(context: Context, agency: string, logIn: LogIn): void {
    const before = getCookie(context, COOKIE) ?? '';
    const own = this.#browsers.get(before) ?? new Map<string, LogIn>();
    this.#browsers.delete(before);
    const id = randomBytes(24).toString('base64url');
    this.#browsers.set(id, own.set(agency, logIn));
    const [oldest] = this.#browsers.keys();
    if (this.#browsers.size > MOST && oldest !== undefined) this.#browsers.delete(oldest);
    setCookie(context, COOKIE, id, { path: '/node', httpOnly: true, sameSite: 'Strict' });
  }

  forget(context: Context, agency: string): void {
    this.#browsers.get(getCookie(context, COOKIE) ?? '')?.delete(agency);
  }
}
