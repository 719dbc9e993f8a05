import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { complianceRoutes, loadTools } from '../../src/cli/up/tools.ts';
import { lazyConsole } from '../../src/console/lazy-console.ts';
import { launch } from '../../tools/browser.ts';
import { codeNow, ready } from '../support/staff.ts';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';
import { browserPath, Reader } from './support/browser.ts';

const path = browserPath();

describe.skipIf(path === undefined)('the console in a real browser', () => {
  let browser: Browser;
  let net: TestNetwork;
  let reader: Reader;
  let person: string;
  let provided: string;
  let denied: string;
  let waiting: string;

  beforeAll(async () => {
    [browser, net] = await Promise.all([
      launch(path ?? ''),
      testNetwork({
        chance: 'system',
        console: lazyConsole,
        controlRoutes: complianceRoutes(await loadTools()),
      }),
    ]);
    const somebody = net.somebody('ordinary');
    person = somebody.numberThere;
    provided = String((await net.inquire(somebody)).json.exchange);
    const refused = await net.inquire(net.somebody('ordinary'), { information: '地方税関係情報' });
    denied = String(refused.json.exchange);
    waiting = String((await net.inquire(net.somebody('disabled'))).json.exchange);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await net?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    reader = await Reader.open(browser, net.url('control'));
  });
  afterEach(async () => {
    expect(reader.complaints).toEqual([]);
    await reader.close();
  });

  test('a permitted inquiry is tried, and its messages and records are seen', async () => {
    const { page } = reader;
    await reader.go('/try');
    await page.getByRole('button', { name: '照会する' }).click();
    await page.getByRole('heading', { name: '結果' }).waitFor();
    await page.getByRole('link', { name: '電文と記録を見る' }).click();
    await page.getByRole('heading', { name: '三者の記録' }).waitFor();
    expect(await page.locator('.sequence .arrow').count()).toBe(6);
    expect(await page.getByText('署名は正しい').count()).toBe(6);
    expect(await page.locator('mark').textContent()).toContain('予防接種法による');
    await page.getByText('各当事者の記録は一致し').waitFor();
    expect(await page.getByText(/ログの \d+ 件目（全 \d+ 件）にある証明/).count()).toBe(5);
    await page.locator('.sequence summary').first().click();
    await page.locator('.sequence pre').first().waitFor();
  });

  test('a denial is explained: each condition, the ground, the nearest that would pass', async () => {
    const { page } = reader;
    await reader.go('/exchanges');
    await page.locator(`#x-${denied} a`).click();
    await page.getByRole('heading', { name: '不許可の理由' }).waitFor();
    await page.getByText('根拠: 番号法第19条第8号').waitFor();
    await page.getByText('特定個人情報が照合リストにありません').waitFor();
    expect(await page.locator('.denial ol li').count()).toBeGreaterThan(0);
  });

  test('a person sees what was asked about them; nothing is wrong with the page, wide or narrow', async () => {
    const { page } = reader;
    await reader.go('/person');
    await page.getByLabel('番号を付けた機関').selectOption(KUMAGAYA);
    await page.getByLabel('本人の統合宛名番号').fill(person);
    await page.getByRole('button', { name: 'カードでログインして見る' }).click();
    await page.getByRole('heading', { name: '松江市長 → 熊谷市長' }).first().waitFor();
    await page.getByText('記録の訂正を求める').first().click();
    expect(await reader.violations()).toEqual([]);
    await reader.look({ width: 390, scheme: 'dark' });
    expect(await reader.violations('look')).toEqual([]);
    expect(await reader.tooWide()).toBe(false);
  });

  test('the list follows what happens', async () => {
    const { page } = reader;
    await reader.go('/exchanges');
    const before = await page.locator('tbody tr').count();
    const { json } = await net.inquire(net.somebody('ordinary'));
    await page.locator(`#x-${json.exchange}`).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(before + 1);
  });

  test('the list is filtered by time, as it is in Japan', async () => {
    const { page } = reader;
    net.clock.advance(10 * 60_000);
    const inJapan = (at: number) => new Date(at + 9 * 3_600_000).toISOString().slice(0, 16);
    const { json } = await net.inquire(net.somebody('ordinary'));
    const between = inJapan(net.clock.now() - 5 * 60_000);
    const shown = async (name: string, at: string) => {
      await reader.go('/exchanges');
      await page.getByLabel(name).fill(at);
      await page.getByRole('button', { name: '絞り込む' }).click();
      await page.waitForURL(/since=/);
      expect(await page.getByLabel(name).inputValue()).toBe(at);
      return await page.locator('tbody tr').evaluateAll((rows) => rows.map(({ id }) => id));
    };
    expect(await shown('から（日本時間）', between)).toEqual([`x-${json.exchange}`]);
    const before = await shown('まで', between);
    expect(before).toContain(`x-${denied}`);
    expect(before).not.toContain(`x-${json.exchange}`);
  });

  test('messages move along the links of the picture', async () => {
    const { page } = reader;
    await reader.go('/');
    await page.locator('svg.network.ring[data-live]').waitFor();
    const { json } = await net.inquire(net.somebody('ordinary'));
    await page.locator('.ring .moving circle').first().waitFor({ state: 'attached' });
    await page.locator(`#recent #x-${json.exchange}`).waitFor();
  });

  test('two lists are compared', async () => {
    const { page } = reader;
    await reader.go('/law');
    await page.getByRole('link', { name: '二つのリストの差を見る' }).click();
    await page.getByText('新たに許される 566、許されなくなる 287、変わらない 307').waitFor();
    await page.getByLabel('役割').fill('市町村長');
    await page.getByRole('button', { name: '比べる' }).click();
    await page.getByRole('heading', { name: '新たに許される照会' }).waitFor();
  });

  test('a fault is set and seen, and ended', async () => {
    const { page } = reader;
    await reader.go('/simulation');
    await page.getByLabel('働き', { exact: true }).selectOption('refuse');
    await page.getByLabel('電文', { exact: true }).selectOption('provide-request');
    await page.getByLabel('受け手', { exact: true }).selectOption(KUMAGAYA);
    await page.getByRole('button', { name: '障害を起こす' }).click();
    await page.getByText('障害を起こしました').waitFor();
    await net.inquire(net.somebody('ordinary'));
    await reader.go('/exchanges');
    await page.getByText('provider_unavailable').first().waitFor();
    await reader.go('/simulation');
    await page.getByRole('button', { name: /障害 f\d+ を終える/ }).click();
    await page.getByText('障害はありません').waitFor();
  });

  const logIn = async (user: string, who = reader) => {
    const { page } = who;
    // A one-time code is good once, for half a minute.
    net.clock.advance(60_000);
    const { password, secret } = ready(net, user);
    await who.go(`/node/${KUMAGAYA}`);
    await page.locator('#n-user').fill(user);
    await page.locator('#n-password').fill(password);
    await page.locator('#n-code').fill(codeNow(net, secret));
    await page.locator('main button.main').click();
    await page.locator('nav.parts').waitFor();
  };
  const logOut = async () => {
    await reader.page.getByRole('button', { name: 'ログアウト' }).click();
    await reader.page.getByRole('button', { name: 'ログイン' }).waitFor();
  };

  test('one person reviews what would be sent, another approves, and it is sent', async () => {
    const { page } = reader;
    const { json } = await net.inquire(net.somebody('disabled'));
    expect(json.state).toBe('pending');
    const exchange = String(json.exchange);
    await logIn('tanto');
    await page
      .getByRole('navigation', { name: '中間サーバーの画面' })
      .getByText('確認と承認')
      .click();
    await page.locator(`tbody a[href$="${exchange}"]`).click();
    await page.getByRole('button', { name: '確認した。送ってよい' }).click();
    await page.getByRole('button', { name: '確認した。送ってよい' }).waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: '承認して送る' }).count()).toBe(0);
    const here = new URL(page.url()).pathname;
    await logOut();
    await logIn('jocho');
    await reader.go(here);
    await page.getByRole('button', { name: '承認して送る' }).click();
    await page.getByText('終わっています').waitFor();
    await net.settled();
    expect((await net.inquiry(String(json.id))).state).toBe('provided');
    await logOut();
  });

  test('a file of copies with mistakes is refused line by line; the log shows who tried', async () => {
    const { page } = reader;
    await logIn('tanto');
    await reader.go(`/node/${KUMAGAYA}/imports`);
    const text = '統合宛名番号,接種種別\nそれは番号ではない,麻しん\n';
    await page.getByLabel('ファイル（CSV）').setInputFiles({
      name: 'copies.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(text),
    });
    await page.getByLabel('特定個人情報と版').selectOption({ label: `${VACCINATION}（K-1）` });
    await page.getByRole('button', { name: '取り込む' }).click();
    await page.getByRole('heading', { name: '取込の結果: 取り込みませんでした' }).waitFor();
    await logOut();
  });

  test('originals are compared with the copies: what differs is told one by one, and how old it is', async () => {
    const { page } = reader;
    const query = new URLSearchParams({ information: VACCINATION, layout: 'K-1' });
    const originals = await net.get(KUMAGAYA, `/v1/copies/export?${query}`, {
      token: net.token(KUMAGAYA, 'tanto'),
    });
    // The business system has lost its last row.
    const text = originals.text.trimEnd().split('\r\n').slice(0, -1).join('\r\n');
    await logIn('tanto');
    await reader.go(`/node/${KUMAGAYA}/reconciliations`);
    await page.getByText('まだない').first().waitFor();
    await page.getByLabel('特定個人情報と版').selectOption({ label: `${VACCINATION}（K-1）` });
    await page.getByLabel('ファイル（CSV）').setInputFiles({
      name: 'originals.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`${text}\r\n`),
    });
    await page.getByRole('button', { name: '突き合わせる' }).click();
    await page.getByRole('heading', { name: '差が 1 件あります' }).waitFor();
    expect(await page.locator('tbody tr').textContent()).toMatch(/原本がない.*\d{15}/s);
    await reader.go(`/node/${KUMAGAYA}/reconciliations`);
    await page.getByText('0 分前').waitFor();
    await reader.go('/');
    await page.getByText('差 1', { exact: true }).waitFor();
  });

  test('logs, their witnesses and that nothing contradicts itself are shown', async () => {
    const { page } = reader;
    await reader.go('/simulation/logs');
    await page.getByText('矛盾したログはありません').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(3);
    expect(await page.locator('tbody li.good').count()).toBeGreaterThan(0);
  });

  test('a scenario is run', async () => {
    const { page } = reader;
    await reader.go('/simulation/scenarios');
    await page.getByRole('button', { name: '特定個人情報が項にない を実行' }).click();
    await page.getByRole('heading', { name: 'すべて期待どおり' }).waitFor();
  });

  test('the language is switched where one stands', async () => {
    const { page } = reader;
    await reader.go('/law/order-r6-9?text=%E5%B9%B4%E9%87%91');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('button', { name: '日本語' }).waitFor();
    expect(page.url()).toContain('/law/order-r6-9?text=');
    await page.getByRole('link', { name: 'Exchanges' }).waitFor();
  });

  test('all of it is reached with the keyboard alone', async () => {
    const { page } = reader;
    await reader.go('/try');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press('Tab');
      const here = await page.evaluate('document.activeElement.textContent');
      if (here === '照会する') break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '結果' }).waitFor();
  });

  test('no page of it can reach anything but itself', async () => {
    await reader.go('/');
    expect(await reader.reaches(`${net.url('control')}/assets/icon.svg`)).toBe(true);
    for (const url of ['http://192.0.2.1/', 'http://localhost:1/', net.url(KUMAGAYA)]) {
      expect(await reader.reaches(url), url).toBe(false);
    }
  });

  const pages = () => [
    '/',
    '/exchanges',
    `/exchanges/${provided}`,
    `/exchanges/${denied}`,
    '/try',
    '/law',
    '/law/order-r6-9?text=予防接種',
    '/law/order-r6-9/items/25',
    '/law/order-r6-9/matrix',
    '/law/diff?role=広島市長',
    '/node',
    `/node/${MATSUE}`,
    `/node/${KUMAGAYA}`,
    ...[
      'reviews',
      `reviews/${waiting}`,
      `copies?person=${person}`,
      'imports',
      'reconciliations',
      'staff',
    ].map((at) => `/node/${KUMAGAYA}/${at}`),
    `/node/${KUMAGAYA}/operations`,
    `/node/${KUMAGAYA}/anomalies`,
    '/person',
    '/simulation',
    '/simulation/scenarios',
    '/simulation/logs',
    '/nothing-here',
  ];
  test('axe-core finds nothing against any page, and none is wider than the window: light and dark, wide and narrow', async () => {
    // Longer words than in Japanese, which may be broken anywhere.
    const other = await Reader.open(browser, net.url('control'), { language: 'en-US' });
    await logIn('jocho', other);
    const found: string[] = [];
    for (const at of pages()) {
      await other.look({ width: 1280, scheme: 'light' });
      await other.go(at);
      const all = await other.violations();
      if (await other.tooWide()) all.push('wider than 1280');
      await other.look({ width: 390, scheme: 'dark' });
      all.push(...(await other.violations('look')));
      if (await other.tooWide()) all.push('wider than 390');
      found.push(...all.map((each) => `${at} ${each}`));
    }
    // That there is no such page is said with its status.
    found.push(...other.complaints.filter((each) => !each.includes('404')));
    await other.close();
    expect(found.join('\n')).toBe('');
  }, 60_000);
});
