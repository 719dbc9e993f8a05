import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

const PLACES = [
  process.env.RENKEI_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].filter((path) => path !== undefined);

/** A Chromium of this machine, if it has one. In CI it must. */
export function browserPath(): string | undefined {
  const found = PLACES.find((path) => existsSync(path));
  if (found === undefined) {
    const words = `no Chromium at ${PLACES.join(', ')}: set RENKEI_CHROMIUM`;
    if (process.env.CI) throw new Error(words);
    process.stderr.write(`skipped: the console in a real browser (${words})\n`);
  }
  return found;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

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
    { language = 'ja-JP', width = 1280, scheme = 'light' as 'light' | 'dark' } = {},
  ): Promise<Reader> {
    const context = await browser.newContext({
      locale: language,
      viewport: { width, height: 900 },
      colorScheme: scheme,
    });
    return new Reader(context, await context.newPage(), origin);
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.#origin}${path}`);
  }

  /** What axe-core finds against WCAG 2.2 A and AA, as `rule: element`. */
  async violations(): Promise<string[]> {
    // From outside of the page: its policy allows no script but its own.
    await this.page.evaluate(AXE);
    const found = (await this.page.evaluate(RUN)) as { id: string; nodes: { html: string }[] }[];
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
const RUN = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html: html.slice(0, 160) })) })))`;
