import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signCardAssertion } from '../../src/protocol/card-assertion.ts';
import type { Card } from '../../src/protocol/card-key.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { expectProblem } from '../support/call.ts';
import { askHistory, historyOf, logInAs } from '../support/history.ts';
import {
  KUMAGAYA,
  MATSUE,
  type Somebody,
  type TestNetwork,
  testNetwork,
  viewOf,
} from '../support/test-network.ts';

// the person concerned logs in with a card and sees what was asked about them (番号法23条, 附則6条).

let net: TestNetwork;
beforeAll(async () => {
  net = await testNetwork();
});
afterAll(() => net.network.close());

const cardOf = ({ individualNumber }: Somebody): Card => {
  const { cards } = net.network;
  const card = cards.card(cards.firstOf(individualNumber) ?? '', 0);
  if (!card) throw new RangeError('no card');
  return card;
};
const begin = async () => {
  const { json } = await net.post(GATEWAY, '/v1/persons/challenges', {});
  return { challenge: String(json.challenge), token: String(json.token) };
};
const present = (assertion: string) => net.post('registry', '/v1/card-assertions', { assertion });

describe('the history', () => {
  test('tells who asked whom for what, by which item, and what came of it', async () => {
    const somebody = net.somebody('ordinary');
    const { exchange } = viewOf(await net.inquire(somebody));
    const { entries, next } = await historyOf(net, somebody);
    expect(next).toBeUndefined();
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      exchange,
      requestedAt: new Date(net.clock.now()).toISOString(),
      answeredAt: new Date(net.clock.now()).toISOString(),
      inquirer: { code: MATSUE, name: '松江市長' },
      provider: { code: KUMAGAYA, name: '熊谷市長' },
      information: { name: '予防接種法による予防接種の実施に関する情報' },
      outcome: 'provided',
      handling: 'automatic',
      law: {
        list: 'order-r6-9',
        item: '25',
        ground: '番号法第19条第8号、令和6年デジタル庁・総務省令第9号、25の項',
      },
      reasons: [],
    });
    expect(entries[0]?.law.text).toContain(
      '予防接種法による予防接種の実施に関する情報の提供を求めることができる',
    );
    expect(entries[0]?.summary.ja).toMatch(
      /^松江市長が熊谷市長に、.+を求めました。提供されました（自動応答）。$/,
    );
    expect(entries[0]?.summary.en).toMatch(
      /^松江市長 asked 熊谷市長 for .+ It was provided \(automatically\)\.$/,
    );
  });

  test('tells a denial with its reasons, and what waits for people, before and after', async () => {
    const somebody = await net.flagged({ autoResponseDisabled: true });
    await net.inquire(somebody, { information: '地方税関係情報' });
    net.clock.advance(1000);
    const { exchange = '' } = viewOf(await net.inquire(somebody));
    const [waiting, denied] = (await historyOf(net, somebody)).entries;
    expect(denied).toMatchObject({ outcome: 'denied', handling: 'none' });
    expect(denied?.reasons[0]?.ja).toBe('特定個人情報が照合リストにありません');
    expect(denied?.answeredAt).toBeUndefined();
    expect(waiting).toMatchObject({ exchange, outcome: 'pending', handling: 'waiting' });
    await net.step('review', exchange, 'tanto');
    await net.step('approve', exchange, 'jocho');
    await net.settled();
    const [answered] = (await historyOf(net, somebody)).entries;
    expect(answered).toMatchObject({ exchange, outcome: 'provided', handling: 'by_hand' });
  });

  test('is of one person: nobody sees another’s, under whatever numbers agencies know them', async () => {
    const [one, other] = [net.somebody('ordinary'), net.somebody('ordinary')];
    const { exchange } = viewOf(await net.inquire(one));
    const ids = async (who: Somebody) =>
      (await historyOf(net, who)).entries.map((each) => each.exchange);
    expect(await ids(one)).toContain(exchange);
    expect(await ids(other)).not.toContain(exchange);
    const there = await logInAs(net, { number: one.numberThere }, KUMAGAYA);
    expect((await askHistory(net, there)).text).toContain(exchange);
  });

  test('goes by days of Japan and by pages, newest first', async () => {
    const somebody = net.somebody('ordinary');
    const asked: string[] = [];
    for (let day = 0; day < 5; day += 1) {
      net.clock.advance(day === 0 ? 0 : 86_400_000);
      asked.unshift(viewOf(await net.inquire(somebody)).exchange ?? '');
    }
    const token = await logInAs(net, somebody);
    const days = new Date(net.clock.now() + 32_400_000 - 86_400_000).toISOString().slice(0, 10);
    const on = (await askHistory(net, token, `?from=${days}&until=${days}`)).json;
    expect(on.entries).toMatchObject([{ exchange: asked[1] }]);
    const found: unknown[] = [];
    let after = '';
    do {
      const { json } = await askHistory(net, token, `?limit=2${after}`);
      found.push(...(json.entries as { exchange: string }[]).map((each) => each.exchange));
      after = json.next === undefined ? '' : `&after=${json.next}`;
    } while (after !== '');
    expect(found.slice(0, 5)).toEqual(asked);
    expectProblem(await askHistory(net, token, `?after=${'A'.repeat(22)}`), 'message_malformed');
    expectProblem(await askHistory(net, token, '?limit=0'), 'message_malformed');
  });
});

describe('what the inquirer says must not be told', () => {
  test('is not told, whatever comes of it: an answer, a denial, at a terminal', async () => {
    const somebody = net.somebody('ordinary');
    viewOf(await net.inquire(somebody));
    const token = await logInAs(net, somebody);
    const before = await askHistory(net, token);
    const mark = { nonDisclosable: true } as const;
    const { exchange = '', nonDisclosable } = viewOf(await net.inquire(somebody, mark));
    expect(nonDisclosable).toBe(true);
    await net.inquire(somebody, { ...mark, information: '地方税関係情報' });
    expect((await askHistory(net, token)).text).toBe(before.text);
    for (const party of [GATEWAY, MATSUE]) {
      const own = net.recordsOf(party, exchange).filter((each) => each.nonDisclosable);
      expect(own.map(({ kind }) => kind)).toContain('permitted');
    }
    const made = await net.inquire(somebody, mark, { as: 'tanto' });
    const path = `/v1/inquiries/${made.json.id}`;
    const staff = { token: net.token(MATSUE, 'jocho') };
    const shown = (await net.get(MATSUE, path, staff)).json;
    expect(shown.nonDisclosable).toBe(true);
    const approved = await net.post(MATSUE, `${path}/approve`, { digest: shown.digest }, staff);
    expect(approved.status, approved.text).toBe(200);
    await net.settled();
    expect(viewOf(await net.get(MATSUE, path, staff)).state).toBe('provided');
    expect((await askHistory(net, token)).text).toBe(before.text);
  });
});

describe('what must not be told', () => {
  test('leaves no byte behind, nor does what nobody has answered for', async () => {
    const somebody = await net.flagged({ nonDisclosable: false });
    viewOf(await net.inquire(somebody));
    const token = await logInAs(net, somebody);
    const before = await askHistory(net, token);
    await net.putCopy(KUMAGAYA, somebody, { nonDisclosable: true });
    const { exchange = '' } = viewOf(await net.inquire(somebody));
    expect((await askHistory(net, token)).text).toBe(before.text);
    // Out of the period that is asked for, the copy is what it is all the same.
    viewOf(await net.inquire(somebody, { period: { from: '1900-01-01', until: '1900-01-02' } }));
    expect((await askHistory(net, token)).text).toBe(before.text);
    await net.step('review', exchange, 'tanto');
    await net.step('decline', exchange, 'jocho');
    await net.settled();
    expect((await askHistory(net, token)).text).toBe(before.text);
    const never = await askHistory(net, token, `?after=${'A'.repeat(22)}`);
    const hidden = await askHistory(net, token, `?after=${exchange}`);
    const steady = (text: string) => text.replace(/"instance":"[^"]+"/, '');
    expect(steady(hidden.text)).toBe(steady(never.text));
    await net.network.stopAgency(KUMAGAYA);
    expectProblem(await net.inquire(net.somebody('ordinary')), 'provider_unavailable');
    expectProblem(await net.inquire(somebody), 'provider_unavailable');
    expect((await askHistory(net, token)).text).toBe(before.text);
    await net.network.startAgency(KUMAGAYA);
  });
});

describe('the card', () => {
  test('signs a challenge once, and for a short time', async () => {
    const card = cardOf(net.somebody('ordinary'));
    const { challenge, token } = await begin();
    expectProblem(await askHistory(net, token), 'not_authenticated');
    const assertion = await signCardAssertion(card, challenge, net.clock.now());
    expect((await present(assertion)).json).toEqual({ accepted: 1 });
    expect((await askHistory(net, token)).status).toBe(200);
    expectProblem(await present(assertion), 'message_replayed');
    const again = await signCardAssertion(card, challenge, net.clock.now());
    expectProblem(await present(again), 'message_replayed');
    const late = await begin();
    const first = await signCardAssertion(card, late.challenge, net.clock.now());
    net.clock.advance(61_000);
    expectProblem(await present(first), 'clock_skew');
    net.clock.advance(60_000);
    const second = await signCardAssertion(card, late.challenge, net.clock.now());
    expectProblem(await present(second), 'not_authenticated');
    const invented = await signCardAssertion(card, 'A'.repeat(22), net.clock.now());
    expectProblem(await present(invented), 'not_authenticated');
  });

  test('is the one that was issued: no other key, no other serial, nothing changed', async () => {
    const [one, other] = [net.somebody('ordinary'), net.somebody('ordinary')].map(cardOf);
    if (!one || !other) throw new RangeError();
    const { challenge, token } = await begin();
    const signed = (card: Pick<Card, 'serial' | 'privateKey'>) =>
      signCardAssertion(card, challenge, net.clock.now());
    const wrong = [
      await signed({ serial: one.serial, privateKey: other.privateKey }),
      await signed({ serial: 'A'.repeat(22), privateKey: one.privateKey }),
    ];
    const replies = await Promise.all(wrong.map(present));
    for (const reply of replies) expectProblem(reply, 'signature_invalid');
    const [header, payload, signature] = (await signed(one)).split('.');
    const swapped = Buffer.from(
      Buffer.from(payload ?? '', 'base64url')
        .toString()
        .replace(challenge, 'A'.repeat(22)),
    ).toString('base64url');
    expectProblem(await present(`${header}.${swapped}.${signature}`), 'signature_invalid');
    for (const broken of ['a.b', `${header}..${signature}`, `${header}.${payload}`]) {
      expectProblem(await present(broken), 'message_malformed');
    }
    const none = Buffer.from(
      JSON.stringify({ alg: 'none', kid: one.serial, typ: 'card-assertion+jwt' }),
    );
    expectProblem(await present(`${none.toString('base64url')}.${payload}.`), 'message_malformed');
    expectProblem(await askHistory(net, token), 'not_authenticated');
  });

  test('that was lost lets nobody in, for good; a new one does', async () => {
    const somebody = net.somebody('ordinary');
    const token = net.token('control', 'operator');
    const about = { resident: somebody.number, agency: MATSUE };
    const post = (path: string, body: object) =>
      net.post('control', `/v1/persons/${path}`, { ...about, ...body }, { token });
    const lost = await post('cards', { change: 'revoke' });
    expect(lost.json.card).toBe(cardOf(somebody).serial);
    expectProblem(await post('sessions', {}), 'not_authorised');
    const snapshot = await net.network.snapshot();
    const next = await post('cards', { change: 'issue' });
    expect(next.json.card).not.toBe(lost.json.card);
    expect((await post('sessions', {})).status).toBe(201);
    const { challenge } = await begin();
    const old = await signCardAssertion(cardOf(somebody), challenge, net.clock.now());
    expectProblem(await present(old), 'not_authorised');
    // The registry’s storage is part of what the network goes back to.
    await net.network.restore(snapshot);
    expectProblem(await post('sessions', {}), 'not_authorised');
  });

  test('opens a session that ends by itself, by log-out, and with the gateway', async () => {
    const somebody = net.somebody('ordinary');
    const token = await logInAs(net, somebody);
    net.clock.advance(899_000);
    expect((await askHistory(net, token)).status).toBe(200);
    net.clock.advance(1000);
    expectProblem(await askHistory(net, token), 'not_authenticated');
    const next = await logInAs(net, somebody);
    expect((await net.post(GATEWAY, '/v1/persons/log-out', {}, { token: next })).status).toBe(200);
    expectProblem(await askHistory(net, next), 'not_authenticated');
    expectProblem(await askHistory(net, 'A'.repeat(22)), 'not_authenticated');
    expectProblem(await net.get(GATEWAY, '/v1/persons/history'), 'not_authenticated');
  });

  test('tells the gateway no card, and nobody a number; that it was used is on record', async () => {
    const somebody = net.somebody('ordinary');
    const { residentCode } = net.network.cards.make(cardOf(somebody).serial, 0) ?? {};
    const before = net.records(GATEWAY).length;
    const token = await logInAs(net, somebody);
    const page = await askHistory(net, token);
    expect(net.records(GATEWAY).slice(before)).toMatchObject([{ kind: 'disclosed' }]);
    const journal = JSON.stringify(net.network.journal.state());
    const stored = Buffer.from(await net.network.gateway.serialize()).toString('latin1');
    for (const text of [page.text, journal, stored]) {
      for (const secret of [
        cardOf(somebody).serial,
        residentCode ?? '',
        somebody.individualNumber,
      ]) {
        expect(text).not.toContain(secret);
      }
    }
    expect(stored).not.toContain(token);
  });
});

test('who is no resident has no card', async () => {
  const token = net.token('control', 'operator');
  const sessions = (body: unknown) => net.post('control', '/v1/persons/sessions', body, { token });
  expectProblem(await sessions({ resident: '999999999999999' }), 'not_found');
  expectProblem(await sessions({ resident: 'x' }), 'message_malformed');
  const { number } = net.somebody('ordinary');
  expectProblem(await sessions({ resident: number, agency: KUMAGAYA }), 'not_found');
  expect((await sessions({ resident: number })).status).toBe(201);
});
