import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import type { CommonClaims } from '../../src/protocol/message.ts';
import { fc } from '../support/property.ts';
import { fixedClaims, KINDS, type KindCase, kindOf } from './support/kinds.ts';
import { opening, refusal } from './support/opening.ts';
import { AGENCIES, PARTIES, party } from './support/parties.ts';
import { headerText, rawToken } from './support/raw-token.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Path = readonly (string | number)[];

const isObject = (value: unknown): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const copyOf = (claims: CommonClaims): Json => JSON.parse(canonicalJson(claims));

/** Every place in a value, the value itself not among them. */
function places(value: Json, at: Path = []): Path[] {
  const members: [string | number, Json][] = Array.isArray(value)
    ? value.map((member, index) => [index, member])
    : isObject(value)
      ? Object.entries(value)
      : [];
  return members.flatMap(([name, member]) => [[...at, name], ...places(member, [...at, name])]);
}

const valueAt = (value: Json, path: Path): Json =>
  path.reduce<Json>((inner, name) => Reflect.get(Object(inner), name), value);

/** The value with another one at this place, or with nothing there. */
function changed(value: Json, [name = '', ...rest]: Path, to: Json | undefined): Json {
  if (Array.isArray(value)) {
    const inner = rest.length === 0 ? to : changed(value[Number(name)] ?? null, rest, to);
    return inner === undefined ? value.toSpliced(Number(name), 1) : value.with(Number(name), inner);
  }
  if (!isObject(value)) throw new TypeError('No such place');
  const { [name]: member = null, ...others } = value;
  const inner = rest.length === 0 ? to : changed(member, rest, to);
  return inner === undefined ? others : { ...others, [name]: inner };
}

const named = (path: Path): string =>
  path.map((name) => (typeof name === 'number' ? '*' : name)).join('.');

/** Values of every other type than this one's. */
const otherTypes = (value: Json): Json[] =>
  [null, true, 0.5, 'Ａ', [], {}].filter(
    (other) =>
      typeof other !== typeof value ||
      Array.isArray(other) !== Array.isArray(value) ||
      (other === null) !== (value === null),
  );

/** Whether claims, rightly signed and in canonical form, are opened. */
async function verdict({ kind }: KindCase, it: CommonClaims, claims: Json): Promise<string> {
  const signer = party(it.iss);
  const token = rawToken(headerText(kind.typ, signer), canonicalJson(claims), signer);
  return await refusal(opening(kind, token, it));
}

const runs = { numRuns: 5 };

describe.each(Object.entries(KINDS))('%s, rightly signed', (_file, each) => {
  test('without a member that it must have is malformed', async () => {
    await fc.assert(
      fc.asyncProperty(each.claims, async (it) => {
        const whole = copyOf(it);
        for (const path of places(whole)) {
          if (typeof path.at(-1) === 'number') continue;
          const without = changed(whole, path, undefined);
          const expected = each.optional(it).includes(named(path))
            ? 'accepted'
            : 'message_malformed';
          expect([named(path), await verdict(each, it, without)]).toEqual([named(path), expected]);
        }
      }),
      runs,
    );
  });

  test('with a member that it does not have, at any depth, is malformed', async () => {
    const it = fixedClaims(each);
    const whole = copyOf(it);
    const objects = [[], ...places(whole).filter((path) => isObject(valueAt(whole, path)))];
    for (const path of objects) {
      for (const name of ['zz', 'nonce', 'constructor', 'Iss']) {
        const with1 = changed(whole, [...path, name], 1);
        expect([named(path), await verdict(each, it, with1)]).toContain('message_malformed');
      }
    }
  });

  test('with a value of another type, at any depth, is malformed', async () => {
    await fc.assert(
      fc.asyncProperty(each.claims, async (it) => {
        const whole = copyOf(it);
        for (const path of places(whole)) {
          for (const other of otherTypes(valueAt(whole, path))) {
            if (each.nullable.includes(named(path)) && (other === null || other === 'Ａ')) continue;
            const text = `${named(path)} ${JSON.stringify(other)}`;
            const code = await verdict(each, it, changed(whole, path, other));
            expect([text, code]).toEqual([text, 'message_malformed']);
          }
        }
      }),
      runs,
    );
  });
});

describe('what the members of one kind say together', () => {
  const each = kindOf('answer');
  const answers = (outcome: string) =>
    each.claims.filter((it) => 'outcome' in it && it.outcome === outcome);
  const sealed = {
    digest: 'A'.repeat(43),
    oneTimeKey: `CQ${'A'.repeat(41)}`,
    bytes: 40,
  };

  test.each([
    ['provided without sealed bytes', 'provided', { sealed: undefined }],
    ['provided with a reason', 'provided', { reason: 'restricted' }],
    ['no_record with sealed bytes', 'no_record', { sealed }],
    ['no_record with a reason', 'no_record', { reason: 'restricted' }],
    ['pending with sealed bytes', 'pending', { sealed }],
    ['refused without a reason', 'refused', { reason: undefined }],
    ['refused with sealed bytes', 'refused', { sealed }],
    ['refused for a reason there is not', 'refused', { reason: 'busy' }],
    ['an outcome there is not', 'no_record', { outcome: 'maybe' }],
    ['the other direction', 'no_record', { direction: 'inquirer-to-provider' }],
    ['signed by another than the provider', 'no_record', { provider: '99999' }],
    ['addressed to another than the inquirer', 'no_record', { inquirer: '99999' }],
    ['addressed to the gateway alone', 'no_record', { aud: ['gateway'] }],
    ['addressed to the gateway in text', 'no_record', { aud: 'gateway' }],
    ['addressed to one more', 'no_record', { aud: ['gateway', '13101', '27100'] }],
  ])('an answer: %s is malformed', async (_what, outcome, changes) => {
    const [it] = fc.sample(answers(outcome), { numRuns: 1, seed: 1 });
    if (!it) return expect.unreachable();
    expect(await verdict(each, it, copyOf(it))).toBe('accepted');
    expect(await verdict(each, it, copyOf({ ...it, ...changes }))).toBe('message_malformed');
  });

  test('sealed bytes as above are well formed', async () => {
    const [it] = fc.sample(answers('provided'), { numRuns: 1, seed: 1 });
    if (!it) return expect.unreachable();
    expect(await verdict(each, it, copyOf({ ...it, ...{ sealed } }))).toBe('accepted');
  });

  test('a permit request names an affair, an item or both', async () => {
    const request = kindOf('permit-request');
    const it = { ...fixedClaims(request), affair: `JM${'1'.repeat(14)}`, item: '25' };
    const { affair, item, ...neither } = it;
    expect(await verdict(request, it, copyOf(it))).toBe('accepted');
    expect(await verdict(request, it, copyOf({ ...neither, ...{ affair } }))).toBe('accepted');
    expect(await verdict(request, it, copyOf({ ...neither, ...{ item } }))).toBe('accepted');
    expect(await verdict(request, it, copyOf(neither))).toBe('message_malformed');
  });

  test.each([
    ['code-request', 'individualNumber', '123456789018', '123456789012'],
    ['resident-codes', 'residentCode', '12345678903', '12345678901'],
  ])('a %s holds only numbers whose check digit is right', async (file, member, right, wrong) => {
    const numbers = kindOf(file);
    const it = fixedClaims(numbers);
    const entry = (number: string) => ({
      entries: [{ acquisition: 'A'.repeat(22), [member]: number }],
    });
    expect(await verdict(numbers, it, copyOf({ ...it, ...entry(right) }))).toBe('accepted');
    expect(await verdict(numbers, it, copyOf({ ...it, ...entry(wrong) }))).toBe(
      'message_malformed',
    );
  });

  test.each(['code-notice', 'code-request', 'resident-codes'])(
    'a %s has 1 to 1,000 entries',
    async (file) => {
      const batch = kindOf(file);
      const it = fixedClaims(batch);
      const [entry] = 'entries' in it && Array.isArray(it.entries) ? it.entries : [];
      const many = (count: number) => copyOf({ ...it, ...{ entries: Array(count).fill(entry) } });
      expect(await verdict(batch, it, many(0))).toBe('message_malformed');
      expect(await verdict(batch, it, many(1000))).toBe('accepted');
      expect(await verdict(batch, it, many(1001))).toBe('message_malformed');
    },
  );

  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  const named = { code: '', name: '' };
  const near = {
    ...{ list: 'a', item: '1', affair: named, information: named },
    ...{ inquirerRoles: [], providerRoles: [], changes: [] },
  };
  test.each<[string, string, Json[], Json[]]>([
    ['query', 'permit', ['p'.repeat(16_384)], ['p'.repeat(16_385)]],
    ['delivery', 'answer', ['a'.repeat(16_384)], ['a'.repeat(16_385)]],
    ['collect', 'received', [[], Array(1000).fill(id)], [Array(1001).fill(id), [`${id}=`]]],
    ['denial', 'nearest', [[], Array(3).fill(near)], [Array(4).fill(near)]],
    ['denial', 'reasons', [['internal']], [[], ['no_such_code'], ['toString']]],
    ['denial', 'code', ['assessment_breach'], ['no_such_code', '__proto__', '']],
    ['denial', 'list', [null, 'order-r6-9'], ['', 'Order']],
    ['directory', 'version', [1], [0, -1, 1.5]],
    ['permission-lists', 'version', [1], [0, -1, 1.5]],
    ['permit', 'exp', [0, 253_402_300_799], [-1, 253_402_300_800]],
    ['permit', 'item', ['16の2'], ['16の', '１６', '']],
    ['permit', 'period', [{}, { from: '2026-02-28' }], [{ from: '2026-02-29' }]],
    ['permit', 'period', [{}], [{ from: '2026-02-02', until: '2026-02-01' }]],
    [
      'provide-request',
      'route',
      [{ via: 'gateway', to: '13101' }],
      [{ via: '13101', to: '13101' }],
    ],
    ['provide-request', 'oneTimeKey', [`CQ${'A'.repeat(41)}`], ['A'.repeat(43), 'A'.repeat(42)]],
  ])('%s: %s has its bounds', async (file, member, right, wrong) => {
    const each = kindOf(file);
    const it = fixedClaims(each);
    const verdicts = (values: Json[]) =>
      Promise.all(
        values.map((value) => verdict(each, it, copyOf({ ...it, ...{ [member]: value } }))),
      );
    expect(await verdicts(right)).toEqual(right.map(() => 'accepted'));
    expect(await verdicts(wrong)).toEqual(wrong.map(() => 'message_malformed'));
  });

  test('a refusal of many faults names only the first few', async () => {
    const batch = kindOf('collect');
    const it = fixedClaims(batch);
    const signer = party(it.iss);
    const claims = { ...it, received: Array(1000).fill(1) };
    const token = rawToken(headerText(batch.kind.typ, signer), canonicalJson(claims), signer);
    const error = await opening(batch.kind, token, it).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'message_malformed' });
    expect(String(error).length).toBeLessThan(200);
  });
});

describe('who may say what to whom', () => {
  const agencies = [...AGENCIES];
  const [all, both] = [['agencies'], [...agencies, 'gateway']];
  /**
   * From whom and to whom each kind goes. An answer goes to the gateway and the inquirer: see above; a correction comes
   * from either side of its exchange: see below.
   */
  const routes: Readonly<Record<string, [from: string[], to: string[]]>> = {
    'card-holder': [['registry'], ['gateway']],
    'code-request': [agencies, ['registry']],
    'resident-codes': [['registry'], ['gateway']],
    'code-notice': [['gateway'], agencies],
    'permit-request': [agencies, ['gateway']],
    permit: [['gateway'], agencies],
    denial: [['gateway'], agencies],
    query: [agencies, ['gateway']],
    'provide-request': [['gateway'], agencies],
    delivery: [['gateway'], agencies],
    receipt: [both, both],
    collect: [agencies, ['gateway']],
    'correction-notice': [['gateway'], agencies],
    'correction-request': [['gateway'], agencies],
    'key-change': [agencies, ['gateway']],
    'key-proof': [agencies, ['gateway']],
    directory: [['gateway'], all],
    'permission-lists': [['gateway'], all],
  };

  test('is written down for every kind', () => {
    expect([...Object.keys(routes), 'answer', 'correction'].sort()).toEqual(
      Object.keys(KINDS).sort(),
    );
  });

  test.each(Object.entries(routes))('%s', async (file, [from, to]) => {
    const each = kindOf(file);
    for (const { name: iss } of PARTIES) {
      for (const aud of [...PARTIES.map(({ name }) => name), 'agencies', '']) {
        const it = { ...fixedClaims(each), iss, aud };
        const expected = from.includes(iss) && to.includes(aud) ? 'accepted' : 'message_malformed';
        expect([iss, aud, await verdict(each, it, copyOf(it))]).toEqual([iss, aud, expected]);
        expect(await verdict(each, it, copyOf({ ...it, aud: [aud] }))).toBe('message_malformed');
      }
    }
  });

  test('a correction comes from either side of its exchange, to the gateway', async () => {
    const each = kindOf('correction');
    const it = { ...fixedClaims(each), ...{ inquirer: '13101', provider: '27100' } };
    for (const { name: iss } of PARTIES) {
      const expected = ['13101', '27100'].includes(iss) ? 'accepted' : 'message_malformed';
      const from = { ...it, iss };
      expect([iss, await verdict(each, from, copyOf(from))]).toEqual([iss, expected]);
    }
    const elsewhere = { ...it, iss: '13101', aud: '27100' };
    expect(await verdict(each, elsewhere, copyOf(elsewhere))).toBe('message_malformed');
  });

  test('an answer comes from an agency', async () => {
    const each = kindOf('answer');
    for (const { name } of PARTIES.filter(({ name }) => !agencies.some((code) => code === name))) {
      const it = { ...fixedClaims(each), iss: name, ...{ provider: name } };
      expect(await verdict(each, it, copyOf(it))).toBe('message_malformed');
    }
  });
});
