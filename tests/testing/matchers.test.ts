import { describe, expect, test } from 'vitest';
import { compilePermission } from '../../src/protocol/permission/compile.ts';
import { decide } from '../../src/protocol/permission/decide.ts';
import { holderOf } from '../../src/protocol/permission/roles.ts';
import { INFORMATION, RenkeiError } from '../../src/testing/index.ts';
import '../../src/testing/vitest.ts';
import { law } from '../support/law.ts';

const permission = compilePermission(law.lists, law.roles);
const city = holderOf(permission, ['市長']);
const decided = (information: string) =>
  decide(permission, '2026-11-22', { inquirer: city, provider: city, item: '25', information });

const asked = { id: 'i', inquirer: '32201', provider: '11202', resident: '1', information: 'TM' };
const permitted = {
  ...asked,
  exchange: 'e',
  list: 'order-r6-9',
  item: '25',
  affair: 'JM',
  ground: '番号法第19条第8号、25の項',
};
const provided = {
  ...permitted,
  state: 'provided',
  answer: {
    layoutVersion: 'K-1',
    records: [
      { 接種種別: '麻しん', 接種区分: '1回目' },
      { 接種種別: '風しん', 接種区分: null },
    ],
  },
};

/** What a failing expectation says. */
function wordsOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
  return 'it passed';
}

describe('whether the law allows it', () => {
  test('reads decisions, outcomes, problem documents and errors', () => {
    expect(decided(INFORMATION.vaccination)).toBePermitted({ item: '25', list: 'order-r6-9' });
    expect(decided(INFORMATION.localTax)).toBeDenied('information_not_listed', {
      reasons: ['information_not_listed'],
    });
    expect(provided).toBePermitted({ item: '25' });
    expect({ ...permitted, state: 'pending' }).toBePermitted();
    expect({ ...permitted, state: 'pending' }).toBePending();
    expect({ ...permitted, state: 'refused', reason: 'restricted' }).toBeRefused('restricted');
    expect({ ...permitted, state: 'refused', reason: 'restricted' }).not.toBeRefused(
      'review_declined',
    );
    const problem = {
      code: 'assessment_breach',
      reasons: ['assessment_breach'],
      ground: '番号法第21条第2項',
    };
    expect(problem).toBeDenied('assessment_breach');
    expect(new RenkeiError('assessment_breach', { extensions: problem })).toBeDenied(
      'assessment_breach',
    );
  });

  test('what goes wrong is neither a permit nor a denial', () => {
    const down = new RenkeiError('provider_unavailable');
    expect(down).not.toBeDenied();
    expect(down).not.toBePermitted();
    expect({ ...asked, state: 'open', code: 'provider_timeout' }).not.toBeDenied();
    expect({ ...asked, state: 'open', code: 'provider_timeout' }).not.toBePermitted();
  });

  test('other items and other reasons fail', () => {
    expect(provided).not.toBePermitted({ item: '26' });
    expect(decided(INFORMATION.localTax)).not.toBeDenied('provider_not_listed');
    expect(decided(INFORMATION.localTax)).not.toBeDenied('information_not_listed', {
      reasons: ['information_not_listed', 'provider_not_listed'],
    });
  });

  test('a failure names the legal ground and what the law does allow', () => {
    const words = wordsOf(() =>
      expect(decided(INFORMATION.localTax)).toBePermitted({ item: '25' }),
    );
    expect(words).toContain('expected the inquiry to be permitted under item 25');
    expect(words).toContain('information_not_listed 特定個人情報が照合リストにありません');
    expect(words).toContain('番号法第19条第8号、令和6年デジタル庁・総務省令第9号、25の項');
    expect(words).toContain(`25の項: 都道府県知事、市町村長 → ${INFORMATION.vaccination}`);
  });

  test('what is no inquiry fails, with .not also', () => {
    for (const wrong of [undefined, 'provided', 200, { ok: true }, new Error('x')]) {
      expect(wordsOf(() => expect(wrong).toBePermitted())).toContain(
        'expected how an inquiry ended',
      );
      expect(wordsOf(() => expect(wrong).not.toBeDenied())).toContain(
        'expected how an inquiry ended',
      );
      expect(wordsOf(() => expect(wrong).not.toHaveAnswer({}))).toContain(
        'expected how an inquiry ended',
      );
      expect(wordsOf(() => expect(wrong).not.toAgree())).toContain(
        'expected the records of an exchange',
      );
    }
  });
});

describe('what was answered', () => {
  test('for each expected record there is one that says so', () => {
    expect(provided).toBeProvided();
    expect(provided).toHaveAnswer({ 接種種別: '麻しん' });
    expect(provided).toHaveAnswer([{ 接種種別: '風しん' }, { 接種区分: expect.any(String) }]);
    expect(provided).not.toHaveAnswer({ 接種種別: '風しん', 接種区分: '1回目' });
    expect(provided).not.toHaveAnswer([{ 接種種別: '麻しん' }, { 接種種別: '水痘' }]);
    expect({ ...permitted, state: 'no_record' }).not.toHaveAnswer({});
  });

  test('a failure shows what is missing and what there is, without the empty items', () => {
    const words = wordsOf(() =>
      expect(provided).toHaveAnswer([{ 接種種別: '水痘' }, { 接種種別: '麻しん' }]),
    );
    expect(words).toContain('answered with\n  {"接種種別":"水痘"}\nbut its 2 records are');
    expect(words).toContain('{"接種種別":"風しん"}');
  });
});

describe('whether the records agree', () => {
  const id = 'AAAAAAAAAAAAAAAAAAAAAA';
  const record = {
    kind: 'answered',
    at: 1,
    exchange: id,
    item: '25',
    outcome: 'provided',
    answeredAt: 5,
  };
  const permit = { kind: 'permitted', at: 1, exchange: id, item: '25' };
  const all = {
    exchange: id,
    gateway: [permit, record],
    inquirer: [permit, { ...record, at: 9 }],
    provider: [record],
  };

  test('they do when what is shared is the same', () => {
    expect(all).toAgree();
  });

  test('a difference, a missing record and no record at all are told', () => {
    const differs = { ...all, provider: [{ ...record, answeredAt: 6 }] };
    expect(wordsOf(() => expect(differs).toAgree())).toContain(
      'answered: answeredAt is 5 at gateway, 6 at provider',
    );
    const lacks = { ...all, inquirer: [permit] };
    expect(wordsOf(() => expect(lacks).toAgree())).toContain(
      'answered: gateway has 1 of it, inquirer has 0',
    );
    const nothing = { exchange: id, gateway: [], inquirer: [], provider: [] };
    expect(wordsOf(() => expect(nothing).toAgree())).toContain('nobody has any record');
    expect(wordsOf(() => expect(differs).toAgree())).toContain('番号法第23条');
  });
});
