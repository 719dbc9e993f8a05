import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where a Chromium is looked for; `RENKEI_CHROMIUM` names another. */
export const BROWSER_PLACES: readonly string[] = [
  process.env.RENKEI_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].filter((path) => path !== undefined);

/** A Chromium of this machine, if it has one. */
export const browserPath = (): string | undefined =>
  BROWSER_PLACES.find((path) => existsSync(path));

/** Starts it without a window; it calls nobody of its own accord. */
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
