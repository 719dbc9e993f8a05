import { businessSystem, type Fetch, NodeError } from 'renkei/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  KUMAGAYA,
  MATSUE,
  type TestNetwork,
  testNetwork,
  VACCINATION,
} from '../support/test-network.ts';
import { all, at, desk, type OwnSystem, ownSystem, thrownBy } from './support.ts';

const MINUTE = 60_000;

let net: TestNetwork;
let own: OwnSystem;
/** What goes between client and node, as the test at hand wants it. */
let between: Fetch = fetch;
const calls: string[] = [];
const through: Fetch = (url, init) => {
  calls.push(`${init.method} ${new URL(url).pathname}`);
  return between(url, init);
};
const tokens = () => calls.filter((call) => call === 'POST /v1/token').length;

beforeAll(async () => {
  net = await testNetwork();
  own = await ownSystem(net, 'kenko', { fetch: through });
});
afterAll(() => net.network.close());

/** Between client and node, for one test. */
async function having<Result>(other: Fetch, work: () => Promise<Result>): Promise<Result> {
  between = other;
  calls.length = 0;
  try {
    return await work();
  } finally {
    between = fetch;
  }
}

const ask = (number = net.somebody('ordinary').number, change: object = {}) => ({
  ...{ integratedAddressNumber: number, item: '25', provider: KUMAGAYA, information: VACCINATION },
  ...change,
});

const lost = () => Promise.reject(new TypeError('fetch failed'));
/** The first `times` calls of `path` reach the node, and their answers are lost. */
function losingAnswers(times: number, path: string): Fetch {
  let left = times;
  return async (url, init) => {
    const response = await fetch(url, init);
    if (new URL(url).pathname !== path || left === 0) return response;
    left -= 1;
    await response.text();
    return lost();
  };
}

describe('log-in', () => {
  test('with a key of its own, Ed25519 or P-256; all calls at once share one token', async () => {
    const { client } = await ownSystem(net, 'zeimu', { alg: 'ES256', fetch: through });
    await having(fetch, async () => {
      await Promise.all([1, 2, 3].map(() => client.inquiries.page()));
      expect(tokens()).toBe(0);
      net.clock.advance(11 * MINUTE);
      await Promise.all([1, 2, 3].map(() => client.inquiries.page()));
      expect(tokens()).toBe(1);
    });
  });

  test('another token is fetched before the one it has ends', async () => {
    await having(fetch, async () => {
      await own.client.inquiries.page();
      calls.length = 0;
      net.clock.advance(7.9 * MINUTE);
      await own.client.inquiries.page();
      expect(tokens()).toBe(0);
      net.clock.advance(0.2 * MINUTE);
      await own.client.inquiries.page();
      expect(tokens()).toBe(1);
    });
  });

  test('a token that the node no longer takes is replaced once; a system that was revoked stays out', async () => {
    const { client, id, privateKey } = await ownSystem(net, 'fukushi', { fetch: through });
    const kanri = await desk(net, MATSUE, 'kanri');
    let refused = 0;
    const forgetful: Fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (refused > 0 || url.endsWith('/v1/token')) return response;
      refused += 1;
      // As after a restart of a node that keeps no tokens.
      const headers = { 'content-type': 'application/problem+json' };
      const problem = { code: 'not_authenticated', status: 401, ja: '', en: '' };
      return new Response(JSON.stringify(problem), { status: 401, headers });
    };
    await having(forgetful, () => client.inquiries.page());
    expect(refused).toBe(1);
    expect(tokens()).toBe(1);
    await kanri.businessSystems.revoke(id);
    expect(await thrownBy(() => client.inquiries.page())).toMatchObject({
      ...{ name: 'NodeError', code: 'not_authenticated', status: 401 },
    });
    const again = businessSystem({ ...at(net, MATSUE), agency: MATSUE, id, privateKey });
    expect(await thrownBy(() => again)).toMatchObject({ code: 'not_authenticated' });
  });

  test('what is no private key, or is for another agency, is told at once and quotes nothing', async () => {
    const { id, privateKey } = own;
    const { d, ...publicKey } = privateKey;
    for (const wrong of [
      publicKey,
      { ...privateKey, crv: 'X25519' },
      { ...privateKey, d: 'short' },
    ]) {
      const error = await thrownBy(() =>
        businessSystem({ ...at(net, MATSUE), agency: MATSUE, id, privateKey: wrong }),
      );
      expect(error).toMatchObject({ name: 'NodeError', code: 'key_invalid' });
      expect(JSON.stringify(error) + String(error)).not.toContain(String(d));
    }
    const elsewhere = businessSystem({ ...at(net, KUMAGAYA), agency: MATSUE, id, privateKey });
    expect(await thrownBy(() => elsewhere)).toMatchObject({ code: 'not_authenticated' });
  });
});

describe('refusals', () => {
  test('a denial tells every reason, the law’s ground, and the nearest that the law allows', async () => {
    const error = await thrownBy(() =>
      own.client.inquiries.ask(ask(undefined, { information: '生活保護関係情報' })),
    );
    if (!(error instanceof NodeError)) throw error;
    expect(error).toMatchObject({ code: 'information_not_listed', status: 403 });
    expect(error.hasFrozenCode()).toBe(true);
    expect(error.message).toContain(error.ja);
    expect(error.message).toContain(error.en);
    expect(error.denial).toMatchObject({
      ...{ inquiry: error.inquiry, reasons: ['information_not_listed'] },
      ...{ ground: expect.stringMatching(/令和6年/), nearest: expect.any(Array) },
    });
    expect(error.denial?.nearest[0]).toMatchObject({ item: '25' });
    expect(await own.client.inquiries.show(error.inquiry ?? '')).toMatchObject({ state: 'denied' });
  });

  test('a malformed request names the field; an inquiry keeps its id', async () => {
    const id = net.newId();
    const error = await thrownBy(() => own.client.inquiries.ask(ask('1', { id })));
    expect(error).toMatchObject({ code: 'message_malformed', status: 400, inquiry: id });
    expect(error).toMatchObject({ details: { fields: [{ field: '/integratedAddressNumber' }] } });
  });

  test('a file with mistakes is refused with all of them', async () => {
    const error = await thrownBy(() => own.client.batches.send('x\ny\n'));
    if (!(error instanceof NodeError)) throw error;
    expect(error.code).toBe('message_malformed');
    expect(error.hint).toEqual({ ja: expect.any(String), en: expect.any(String) });
    expect(error.findings.map(({ line }) => line)).toEqual(expect.arrayContaining([1]));
  });

  test('too many requests: how long to wait', async () => {
    const kanri = await desk(net, MATSUE, 'kanri');
    const { client, id } = await ownSystem(net, 'isogashii');
    await kanri.businessSystems.change(id, { rate: { perSecond: 1, burst: 1 } });
    await client.inquiries.page();
    const error = await thrownBy(() => client.inquiries.page());
    expect(error).toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 1 });
  });

  test('what can be no id never becomes the path of something else', async () => {
    for (const id of ['', '.', '..']) {
      calls.length = 0;
      const error = await thrownBy(() => own.client.inquiries.show(id));
      expect(error).toMatchObject({ code: 'not_found' });
      expect(calls).toEqual([]);
    }
    expect(await thrownBy(() => own.client.inquiries.show('../status'))).toMatchObject({
      code: 'not_found',
      status: 404,
    });
  });
});

describe('a lost connection', () => {
  test('an inquiry whose answer was lost is made again under its id, and asks once', async () => {
    const somebody = net.somebody('ordinary');
    const before = net.records(KUMAGAYA).length;
    const view = await having(losingAnswers(2, '/v1/inquiries'), () =>
      own.client.inquiries.ask(ask(somebody.number)),
    );
    expect(view).toMatchObject({ state: 'provided' });
    expect(calls.filter((call) => call === 'POST /v1/inquiries')).toHaveLength(3);
    expect(net.records(KUMAGAYA).length - before).toBe(1);
    expect(await all(own.client.inquiries.list({ person: somebody.number }))).toHaveLength(1);
  });

  test('while an earlier try is still under way, it is waited for', async () => {
    const states = ['open', 'permitted'];
    const underWay: Fetch = async (url, init) => {
      const response = await fetch(url, init);
      const state = init.method === 'POST' ? states.shift() : undefined;
      if (state === undefined) return response;
      const { answer: _, ...body } = Object(await response.json());
      return Response.json({ ...body, state }, { status: 202 });
    };
    const view = await having(underWay, () => own.client.inquiries.ask(ask()));
    expect(view).toMatchObject({ state: 'provided', answer: { layoutVersion: 'K-1' } });
    expect(calls).toEqual(Array.from({ length: 3 }, () => 'POST /v1/inquiries'));
  });

  test('three times in a row is told, with the id: what the node made of it is found there', async () => {
    const error = await having(losingAnswers(3, '/v1/inquiries'), () =>
      thrownBy(() => own.client.inquiries.ask(ask())),
    );
    if (!(error instanceof NodeError)) throw error;
    expect(error).toMatchObject({ code: 'node_unreachable', status: undefined });
    expect(error.cause).toMatchObject({ name: 'TypeError' });
    expect(await own.client.inquiries.settled(error.inquiry ?? '')).toMatchObject({
      state: 'provided',
    });
  });

  test('reads are repeated; what has a second effect is not', async () => {
    const batch = await own.client.batches.send('').catch((error: unknown) => error);
    expect(batch).toBeInstanceOf(NodeError);
    await having(losingAnswers(2, '/v1/inquiries'), () => own.client.inquiries.page());
    expect(calls).toEqual(Array.from({ length: 3 }, () => 'GET /v1/inquiries'));
    const id = net.newId();
    const stop = `/v1/batches/${id}/stop`;
    const error = await having(losingAnswers(1, stop), () =>
      thrownBy(() => own.client.batches.stop(id)),
    );
    expect(error).toMatchObject({ code: 'node_unreachable' });
    expect(calls).toEqual([`POST ${stop}`]);
    const stream = (async function* () {
      yield new Uint8Array([120]);
    })();
    await having(losingAnswers(1, '/v1/batches'), () =>
      thrownBy(() => own.client.batches.send(stream)),
    );
    expect(calls).toEqual(['POST /v1/batches']);
  });

  test('a node that is not there, and one that is something else', async () => {
    const nowhere = { node: 'http://127.0.0.1:1', wait: async () => undefined, token: 'x' };
    const elsewhere = await businessSystem(nowhere);
    expect(await thrownBy(() => elsewhere.status())).toMatchObject({ code: 'node_unreachable' });
    const page = new Response('<html>', { headers: { 'content-type': 'text/html' } });
    const other = await businessSystem({ ...nowhere, fetch: async () => page });
    expect(await thrownBy(() => other.status())).toMatchObject({
      code: 'answer_unreadable',
      status: 200,
    });
  });
});

describe('a node of another version', () => {
  const saying =
    (change: (body: Record<string, unknown>) => unknown): Fetch =>
    async (url, init) => {
      const response = await fetch(url, init);
      const body = JSON.stringify(change(Object(await response.json())));
      return new Response(body, { status: response.status, headers: response.headers });
    };

  test('may say more than is known here', async () => {
    const more = saying((body) => ({
      ...{ ...body, weather: 'fine' },
      keys: { ...Object(body.keys), moon: 'full' },
    }));
    const said = await having(more, () => own.client.status());
    expect(said).toEqual(await own.client.status());
  });

  test('may refuse with codes that are not known here', async () => {
    const headers = { 'content-type': 'application/problem+json' };
    const problem = {
      code: 'moon_not_full',
      status: 418,
      ja: '満月ではありません',
      en: 'No full moon',
      phase: 'new',
    };
    const answer = async () => new Response(JSON.stringify(problem), { status: 418, headers });
    const error = await having(answer, () => thrownBy(() => own.client.status()));
    if (!(error instanceof NodeError)) throw error;
    expect(error).toMatchObject({ code: 'moon_not_full', status: 418, details: { phase: 'new' } });
    expect(error.hasFrozenCode()).toBe(false);
  });

  test('that says something else instead is told of, by place and never by value', async () => {
    const other = saying((body) => ({ ...body, providing: 'secret words', agency: undefined }));
    const error = await having(other, () => thrownBy(() => own.client.status()));
    expect(error).toMatchObject({
      ...{ code: 'answer_unreadable', details: { fields: ['/agency', '/providing'] } },
      hint: { en: expect.stringMatching(/one version/), ja: expect.stringMatching(/版/) },
    });
    expect(JSON.stringify(error)).not.toContain('secret words');
  });
});

describe('ending a call', () => {
  test('by a signal, with its own reason, whether it waits for an answer or for the next look', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const never: Fetch = (_, { signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        controller.abort(reason);
      });
    const { signal } = controller;
    expect(await having(never, () => thrownBy(() => own.client.status({ signal })))).toBe(reason);
    const pending = await own.client.inquiries.ask(
      ask((await net.flagged({ autoResponseDisabled: true })).number),
    );
    expect(pending.state).toBe('pending');
    const looking = new AbortController();
    const token = net.token(MATSUE, 'gyomu');
    const waiting = await businessSystem({
      ...{ node: net.url(MATSUE), token },
      wait: async (_, given) => {
        looking.abort(reason);
        given?.throwIfAborted();
      },
    });
    const asked = await waiting.inquiries.ask(
      ask((await net.flagged({ autoResponseDisabled: true })).number),
    );
    const settled = () => waiting.inquiries.settled(asked.id, { signal: looking.signal });
    expect(await thrownBy(settled)).toBe(reason);
  });

  test('an answer that does not come in time', async () => {
    const hanging: Fetch = (_, { signal }) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      });
    const client = await businessSystem({ ...at(net, MATSUE, hanging), token: 'x', timeoutMs: 1 });
    expect(await thrownBy(() => client.inquiries.ask(ask()))).toMatchObject({
      ...{ code: 'node_timeout', inquiry: expect.stringMatching(/^[\w-]{22}$/) },
    });
  });

  test('a result file that breaks off is not taken for a whole one', async () => {
    const cut: Fetch = async () => {
      let pieces = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          pieces += 1;
          if (pieces === 1) controller.enqueue(new TextEncoder().encode('{"row":'));
          else controller.error(new TypeError('terminated'));
        },
      });
      return new Response(body, { headers: { 'content-type': 'application/jsonl' } });
    };
    const id = net.newId();
    const error = await having(cut, () => thrownBy(() => own.client.batches.results(id)));
    expect(error).toMatchObject({ code: 'answer_cut_short' });
  });
});

test('what is pending is waited for, look by look, until somebody at the provider decides', async () => {
  const somebody = await net.flagged({ autoResponseDisabled: true });
  const { id, exchange = '' } = await own.client.inquiries.ask(ask(somebody.number));
  const decided = vi.fn(async () => {
    await net.step('review', exchange, 'tanto');
    await net.step('approve', exchange, 'jocho');
    await net.settled();
  });
  const { privateKey } = own;
  const patient = await businessSystem({
    ...{ ...at(net, MATSUE), agency: MATSUE, id: own.id, privateKey, wait: decided },
  });
  expect(await patient.inquiries.settled(id, { everyMs: 5 })).toMatchObject({ state: 'provided' });
  expect(decided).toHaveBeenCalledExactlyOnceWith(5, undefined);
});
