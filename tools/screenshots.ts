import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { complianceRoutes, loadTools } from '../src/cli/up/tools.ts';
import { lazyConsole } from '../src/console/lazy-console.ts';
import { readConfig } from '../src/network/config/read.ts';
import type { Network } from '../src/network/network.ts';
import { startNetwork } from '../src/network/start-network.ts';
import { type Examples, examples } from '../src/network/world/examples.ts';
import { KINDS } from '../src/network/world/layouts.ts';
import { manualClock } from '../src/service/clock.ts';
import { browserPath, launch } from './browser.ts';

// `npm run screenshots`: the pictures of the README, of the shipped network by its seed and a clock that stands still. What
// differs from run to run is only how many milliseconds the messages took.

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'docs/screenshots');
const AT = '2026-11-20T10:00:00+09:00';
const WINDOW = { width: 1280, height: 760 };
/** Where messages are when the picture is taken, as parts of their way to the gateway and from it; others have arrived. */
const ON_THE_WAY = {
  there: { query: 0.45, answer: 0.45 },
  back: { answer: 0.5, 'provide-request': 0.45 },
};

/** In the page: holds every message at its place. */
const HOLD = `
  const { there, back } = ${JSON.stringify(ON_THE_WAY)};
  for (const motion of document.getAnimations()) {
    const { delay, duration } = motion.effect.getTiming();
    const { to, last } = motion.effect.target.dataset;
    const part = (to === 'gateway' ? there : back)[last];
    motion.pause();
    if (part === undefined) motion.finish();
    else motion.currentTime = delay + duration * part;
  }
`;

const [KUMAGAYA, MATSUE, HIROSHIMA, PENSION] = ['11202', '32201', '34100', '90004'] as const;

const path = browserPath();
if (path === undefined) throw new Error('no Chromium here: name one with RENKEI_CHROMIUM');
await mkdir(FOLDER, { recursive: true });
await using network = await shippedNetwork();
const browser = await launch(path);
try {
  const shown = await someExchanges(network);
  const before = await network.snapshot();
  for (const language of ['ja', 'en']) {
    const context = await browser.newContext({
      ...{ locale: language, viewport: WINDOW, colorScheme: 'light' },
    });
    const page = await context.newPage();
    await page.goto(`${network.control.url}/exchanges/${shown.provided}`);
    await save(page, `exchange.${language}.png`);
    await page.goto(`${network.control.url}/exchanges/${shown.denied}`);
    await save(page, `denial.${language}.png`);
    await movingMessages(page, network);
    await save(page, `network.${language}.png`);
    await context.close();
    // The next reader sees the same, to the byte.
    await network.restore(before);
  }
} finally {
  await browser.close();
}

async function shippedNetwork(): Promise<Network> {
  const config = readConfig(await readFile(join(ROOT, 'renkei.yaml'), 'utf8'), 'renkei.yaml');
  return await startNetwork({
    config,
    folder: ROOT,
    storage: { kind: 'memory' },
    clock: manualClock(AT),
    chance: 'seeded',
    freePorts: true,
    console: lazyConsole,
    controlRoutes: complianceRoutes(await loadTools()),
  });
}

/** Inquiries of every kind, so that there is something to see; cosignatures come with later messages. */
async function someExchanges(net: Network) {
  const ask = (information: string, who: keyof Examples = 'ordinary') =>
    inquire(net, { from: MATSUE, to: KUMAGAYA, item: '25', information, who });
  const provided = await ask(KINDS.vaccination);
  for (const who of ['autoResponseDisabled', 'noCodeAtProvider'] as const) {
    await ask(KINDS.vaccination, who);
  }
  await pension(net);
  await net.advance(60_000);
  const denied = await ask(KINDS.localTax);
  await net.advance(60_000);
  await ask(KINDS.vaccination);
  await net.settled();
  return { provided, denied };
}

function pension(net: Network): Promise<string> {
  return inquire(net, { from: HIROSHIMA, to: PENSION, item: '42', information: KINDS.pension });
}

interface Asked {
  readonly from: string;
  readonly to: string;
  readonly item: string;
  readonly information: string;
  readonly who?: keyof Examples;
}

/** An inquiry by a business system. @returns the id of the exchange */
async function inquire(net: Network, { from, to, item, information, who = 'ordinary' }: Asked) {
  const person = examples(net.world, from, to)[who];
  const token = net.credentials.get(from)?.businessSystem ?? '';
  const answer = await fetch(`${net.agency(from).url}/v1/inquiries`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ integratedAddressNumber: person, provider: to, item, information }),
  });
  const said: unknown = await answer.json();
  const exchange = typeof said === 'object' && said !== null && 'exchange' in said && said.exchange;
  if (typeof exchange !== 'string') throw new Error(`${from} → ${to}: ${JSON.stringify(said)}`);
  return exchange;
}

/** The network while an inquiry is under way, held where its messages can be read. */
async function movingMessages(page: Page, net: Network): Promise<void> {
  await page.goto(net.control.url);
  await page.locator('svg.ring[data-live]').waitFor();
  const asked = { from: MATSUE, to: PENSION, item: '42', information: KINDS.pension };
  const answered = inquire(net, asked);
  await page.locator('.moving g').nth(3).waitFor({ state: 'attached' });
  await page.evaluate(HOLD);
  await page.locator(`#recent #x-${await answered}`).waitFor();
}

async function save(page: Page, name: string): Promise<void> {
  const file = join(FOLDER, name);
  await page.screenshot({ path: file });
  const { size } = await stat(file);
  process.stdout.write(`${name} ${Math.ceil(size / 1024)} kB\n`);
}
