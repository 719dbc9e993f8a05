import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserPath as anyBrowser, BROWSER_PLACES } from '../../../tools/browser.ts';

/** A Chromium of this machine, if it has one. In CI it must. */
export function browserPath(): string | undefined {
  const found = anyBrowser();
  if (found === undefined) {
    const words = `no Chromium at ${BROWSER_PLACES.join(', ')}: set RENKEI_CHROMIUM`;
    if (process.env.CI) throw new Error(words);
    process.stderr.write(`skipped: the console in a real browser (${words})\n`);
  }
  return found;
}

/** A reader with a window of their own; what their browser complains of, and asks elsewhere, is kept. */
export class Reader {
  readonly page: Page;
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;
  readonly #origin: string;

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.#context = context;
    this.page = page;
    this.#origin = origin;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        this.complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`page error: ${error.message}`));
    page.on('request', (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol !== 'data:' && !/^127\./.test(hostname))
        this.complaints.push(`left loopback: ${request.url()}`);
    });
  }

  static async open(
    browser: Browser,
    origin: string,
    { language = 'ja-JP' } = {},
  ): Promise<Reader> {
    const context = await browser.newContext({
      locale: language,
      viewport: { width: 1280, height: 900 },
      colorScheme: 'light',
    });
    return new Reader(context, await context.newPage(), origin);
  }

  /** Looks at the same page in another window, or by another light. */
  async look({ width, scheme }: { width: number; scheme: 'light' | 'dark' }): Promise<void> {
    await this.page.setViewportSize({ width, height: 900 });
    await this.page.emulateMedia({ colorScheme: scheme });
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.#origin}${path}`);
  }

  /** Whether a page of this console can reach another address; what the browser says of it is no complaint then. */
  async reaches(url: string): Promise<boolean> {
    const before = this.complaints.length;
    const came = await this.page.evaluate(
      `fetch(${JSON.stringify(url)}, { mode: 'no-cors' }).then(() => true, () => false)`,
    );
    const said = this.complaints.splice(before).filter((each) => each.startsWith('left loopback'));
    return came === true || said.length > 0;
  }

  /** What axe-core finds against WCAG 2.2 A and AA, as `rule: element`; of another look only what a look can change. */
  async violations(what: 'all' | 'look' = 'all'): Promise<string[]> {
    // From outside of the page: its policy allows no script but its own.
    if (!(await this.page.evaluate("'axe' in globalThis"))) await this.page.evaluate(AXE);
    const found = (await this.page.evaluate(runOf(what === 'all' ? TAGS : LOOK))) as {
      id: string;
      nodes: { html: string }[];
    }[];
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  /** Whether the page itself, not a part of it, has to be scrolled sideways. */
  tooWide(): Promise<boolean> {
    return this.page.evaluate(
      'document.documentElement.scrollWidth > document.documentElement.clientWidth',
    );
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}

const AXE: string = createRequire(import.meta.url)('axe-core').source;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOOK = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'html-has-lang'];
const runOf = (rules: readonly string[]) =>
  `axe.run(document, { resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} })
  .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 160) })) })))`;
