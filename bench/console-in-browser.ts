import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { browserPath, launch } from '../tools/browser.ts';
import type { Load } from './load.ts';

const LOOKS = 20;
const PER_SECOND = 200;
const SECONDS = 10;

/** What a reader has of the console, in a Chromium on the same cores as the network. */
export interface InBrowser {
  /** Milliseconds from asking for the first page of the list until it is painted: the median and the worst of twenty. */
  readonly drawn: { readonly median: number; readonly worst: number };
  /** While the list was followed, inquiries came at this rate: 200 a second unless the machine can't. */
  readonly perSecond: number;
  /** Between two frames of the page meanwhile, milliseconds: half and 99 of 100 were shorter, and the longest. */
  readonly frames: { readonly p50: number; readonly p99: number; readonly longest: number };
  /** Times that the list was shown anew. */
  readonly updates: number;
}

/** @returns undefined where there is no Chromium */
export async function inBrowser(
  address: string,
  inquire: (total: number, perSecond: number) => Promise<Load>,
): Promise<InBrowser | undefined> {
  const path = browserPath();
  if (path === undefined) return undefined;
  const browser = await launch(path);
  try {
    const page = await browser.newPage();
    const drawn: number[] = [];
    for (let look = 0; look < LOOKS; look += 1) drawn.push(await draw(page, address));
    drawn.sort((a, b) => a - b);
    await page.evaluate(WATCH);
    const { perSecond } = await inquire(PER_SECOND * SECONDS, PER_SECOND);
    // The last update is told a quarter of a second later at most.
    await pause(500);
    const { frames, updates } = await seen(page);
    frames.sort((a, b) => a - b);
    const at = (share: number) => frames[Math.floor((frames.length - 1) * share)] ?? 0;
    return {
      drawn: { median: drawn[LOOKS / 2] ?? 0, worst: drawn.at(-1) ?? 0 },
      perSecond,
      frames: { p50: at(0.5), p99: at(0.99), longest: at(1) },
      updates,
    };
  } finally {
    await browser.close();
  }
}

async function draw(page: Page, address: string): Promise<number> {
  await page.goto(`${address}/exchanges`);
  const { rows, drawn } = (await page.evaluate(DRAWN)) as { rows: number; drawn: number };
  if (rows === 0) throw new Error('the list is empty');
  return drawn;
}

/** In the page: since the navigation began, until the first paint, or a frame after now if that is later. */
const DRAWN = `new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const rows = document.querySelectorAll('#rows tbody tr').length;
  const { domContentLoadedEventEnd } = performance.getEntriesByType('navigation')[0];
  resolve({ rows, drawn: Math.max(paint?.startTime ?? performance.now(), domContentLoadedEventEnd) });
})))`;

/** In the page: how long each frame took, and how often the list was shown anew. */
const WATCH = `
  globalThis.seen = { frames: [], updates: 0 };
  let last = performance.now();
  const frame = (now) => {
    globalThis.seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  document.querySelector('#rows').addEventListener('htmx:after:swap', () => (globalThis.seen.updates += 1));
`;

const seen = (page: Page) =>
  page.evaluate('globalThis.seen') as Promise<{ frames: number[]; updates: number }>;
