import { describe, expect, test } from 'vitest';
import { affairOf } from '../../../src/compliance/lists/law/affair.ts';
import { withoutAsides } from '../../../src/compliance/lists/law/brackets.ts';
import { informationOf } from '../../../src/compliance/lists/law/information.ts';
import { itemNumberOf, withArabicNumbers } from '../../../src/compliance/lists/law/numbers.ts';
import { rolesOf } from '../../../src/compliance/lists/law/roles.ts';

describe('numbers', () => {
  test.each([
    ['二十五', '25'],
    ['２５', '25'],
    ['25', '25'],
    ['第十六の二', '16の2'],
    ['百十五の二の項', '115の2'],
    ['一〇五', '105'],
    ['千二百三', '1203'],
    ['十', '10'],
  ])('%s is %s', (text, number) => {
    expect(itemNumberOf(text)).toBe(number);
  });

  test.each(['', '厚生労働大臣', '二三十', '十十', '十百', '二十の', '五 a'])(
    '%j is none',
    (text) => {
      expect(itemNumberOf(text)).toBeUndefined();
    },
  );

  test('of laws are written in Arabic digits', () => {
    expect(withArabicNumbers('令和六年デジタル庁・総務省令第九号')).toBe(
      '令和6年デジタル庁・総務省令第9号',
    );
    expect(withArabicNumbers('令和元年法律第百二号')).toBe('令和元年法律第102号');
  });
});

describe('brackets', () => {
  test.each([
    ['law numbers go', '予防接種法（昭和二十三年法律第六十八号）による', '予防接種法による'],
    ['notices’ numbers go', '要綱（昭和二十九年五月八日社発第三百八十二号通知）に', '要綱に'],
    [
      'definitions go',
      '改正する法律（平成八年法律第八十二号。以下「改正法」という。）附則',
      '改正する法律附則',
    ],
    [
      'explanations go',
      '共済組合等（組合（甲（乙をいう。）に限る。）又は基金をいう。以下同じ。）',
      '共済組合等',
    ],
    [
      'limits stay',
      '給付（同法第十五条の疾病に係るものに限る。）',
      '給付（同法第十五条の疾病に係るものに限る。）',
    ],
    [
      'limits stay without what follows',
      '給付（甲を除く。以下この項において同じ。）',
      '給付（甲を除く。）',
    ],
    [
      'asides inside limits go',
      '給付（甲法（平成元年法律第一号）によるものに限る。）',
      '給付（甲法によるものに限る。）',
    ],
    ['what belongs to a name stays', '住宅（公共供給型）', '住宅（公共供給型）'],
  ])('%s', (_, text, cleaned) => {
    expect(withoutAsides(text)).toEqual({ text: cleaned, doubts: [] });
  });

  test('that nobody knows stay and are reported', () => {
    for (const text of [
      '法（第百四十二条において「旧法」という。）',
      '給付（別に定めるところによる。）',
    ]) {
      const { text: cleaned, doubts } = withoutAsides(text);
      expect(cleaned).toBe(text);
      expect(doubts.map(({ code }) => code)).toEqual(['bracket_kept']);
    }
    expect(withoutAsides('給付（甲')).toMatchObject({ doubts: [{ code: 'brackets_unbalanced' }] });
  });
});

describe('roles', () => {
  test.each([
    ['都道府県知事、広島市長又は長崎市長', ['都道府県知事', '広島市長', '長崎市長']],
    [
      '厚生労働大臣若しくは日本年金機構又は共済組合等（甲又は乙をいう。以下同じ。）',
      ['厚生労働大臣', '日本年金機構', '共済組合等'],
    ],
    ['日本私立学校振興・共済事業団', ['日本私立学校振興・共済事業団']],
    ['都道府県知事又は保健所を設置する市の長', ['都道府県知事', '保健所を設置する市の長']],
  ])('%s', (cell, names) => {
    expect(rolesOf(cell)).toEqual({ names, doubts: [] });
  });

  test.each([
    '公営住宅法第二条第十六号に規定する事業主体である都道府県知事又は市町村長',
    '確定給付企業年金法第二十九条第一項に規定する事業主等又は企業年金連合会',
    '通訳案内士法第五十四条第三項の同意を得た市町村又は都道府県の長',
    '医療保険者、後期高齢者医療広域連合その他の法令による給付を行うこととされている者',
  ])('%s can’t be cut apart: reported', (cell) => {
    expect(rolesOf(cell)).toEqual({ names: [cell], doubts: [{ code: 'kept_whole', text: cell }] });
  });

  test('a short name stands for what it is defined by', () => {
    const whole = rolesOf(
      '都道府県知事、市長又は社会福祉法に規定する福祉事務所を管理する町村長（以下「都道府県知事等」という。）',
    );
    expect(whole.names).toEqual(['都道府県知事等']);
    const last = rolesOf('厚生労働大臣又は国家公務員共済組合連合会（以下「国共連」という。）');
    expect(last.names).toEqual(['厚生労働大臣', '国共連']);
    expect([...whole.doubts, ...last.doubts].map(({ code }) => code)).toEqual([
      'short_name',
      'short_name',
    ]);
  });

  test('named twice count once, with a word about it', () => {
    expect(rolesOf('総務大臣又は総務大臣')).toMatchObject({
      names: ['総務大臣'],
      doubts: [{ code: 'named_twice' }],
    });
  });
});

describe('information', () => {
  test('is split only after a kind of information', () => {
    const { names, articles, doubts } = informationOf(
      '甲に関する情報（以下「地方税関係情報」という。）、住民基本台帳法第七条に規定する事項（以下「住民票関係情報」という。）又は児童福祉法による障害児通所支援に関する情報（同法による措置に係るものに限る。）であって第三条の二で定めるもの',
    );
    expect(names).toEqual([
      '地方税関係情報',
      '住民票関係情報',
      '児童福祉法による障害児通所支援に関する情報（同法による措置に係るものに限る。）',
    ]);
    expect({ articles, doubts }).toEqual({ articles: ['3の2'], doubts: [] });
  });

  test('that lists things without naming kinds stays one, reported', () => {
    const cell =
      '身体障害者福祉法による身体障害者手帳又は知的障害者福祉法にいう知的障害者に関する情報';
    expect(informationOf(cell)).toMatchObject({
      names: [cell],
      doubts: [{ code: 'kept_whole', text: cell }],
    });
    const inner = '甲情報又は乙情報の提供に関する情報';
    expect(informationOf(inner)).toMatchObject({
      names: [inner],
      doubts: [{ code: 'kept_whole' }],
    });
  });

  test('that ends in another word is taken and reported', () => {
    expect(informationOf('住民基本台帳法第七条に規定する事項')).toMatchObject({
      names: ['住民基本台帳法第七条に規定する事項'],
      doubts: [{ code: 'unusual' }],
    });
  });
});

describe('affairs', () => {
  test('lose their closing words, which name the article', () => {
    expect(
      affairOf('給付（甲に限る。）の支給に関する事務であって第十六条の二で定めるもの'),
    ).toEqual({
      name: '給付（甲に限る。）の支給に関する事務',
      article: '16の2',
      doubts: [],
    });
    expect(
      affairOf('外国人であって生活に困窮する者に係る事務であって主務省令で定めるもの'),
    ).toEqual({
      name: '外国人であって生活に困窮する者に係る事務',
      doubts: [],
    });
  });

  test('that end in another word are reported', () => {
    expect(affairOf('予防接種の実施')).toMatchObject({ doubts: [{ code: 'unusual' }] });
  });
});
