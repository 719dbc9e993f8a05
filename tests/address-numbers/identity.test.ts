import { describe, expect, test } from 'vitest';
import { compareIdentity, plain } from '../../src/address-numbers/core/persons/identity.ts';
import { readIndividualNumber } from '../../src/address-numbers/core/persons/individual-number.ts';
import { inventName } from '../../src/network/world/names.ts';
import { inventAddress } from '../../src/network/world/places.ts';
import { seeded } from '../../src/network/world/seeded.ts';
import { individualNumberWithCheckDigit } from '../../src/protocol/numbers/individual-number.ts';
import { fc } from '../support/property.ts';
import { shippedConfig } from '../support/test-network.ts';

const [municipality] = shippedConfig.agencies.filter(({ code }) => code === '32201');
if (!municipality) throw new RangeError('松江市');
const someone = fc.integer({ min: 0, max: 2 ** 31 }).map((seed) => {
  const chance = seeded(String(seed));
  const sex = chance.pick(['男', '女'] as const);
  return {
    ...inventName(chance, sex, '1990-01-01'),
    birthDate: `19${chance.digits(2)}-0${chance.between(1, 9)}-1${chance.int(10)}`,
    sex,
    address: inventAddress(chance, municipality),
  };
});

const wide = (text: string) =>
  text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0));
const hiragana = (text: string) =>
  text.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
const HALF = 'ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｯｬｭｮｰ';
const half = (text: string) =>
  [...text.normalize('NFD')]
    .map((kana) => [...HALF].find((each) => each.normalize('NFKC') === kana) ?? kana)
    .map((kana) => ({ '\u3099': 'ﾞ', '\u309a': 'ﾟ' })[kana] ?? kana)
    .join('');
const spaced = (text: string) => [...text].join(' ');
const closed = (text: string) => text.replaceAll('　', '');
const blocks = (text: string) =>
  text.replace(
    /(\d+)丁目(\d+)番(\d+)号/,
    (_, district, block, number) => `${district}-${block}-${number}`,
  );
const kanji = (text: string) =>
  text.replace(/(\d)丁目/, (_, digit: string) => `${'〇一二三四五六七八九'[Number(digit)]}丁目`);
const spelling = (...ways: ((text: string) => string)[]) =>
  fc.array(
    fc.constantFrom((text: string) => text, ...ways),
    { maxLength: 3 },
  );
const spell = (ways: readonly ((text: string) => string)[], text: string) =>
  ways.reduce((so, way) => way(so), text);

describe('R-503: identity', () => {
  test('is confirmed whatever the width, the spaces, the kana and the way to write an address', () => {
    fc.assert(
      fc.property(
        someone,
        spelling(wide, closed, spaced),
        spelling(hiragana, closed, spaced, half),
        spelling(wide, blocks, kanji, closed),
        (held, names, kanas, addresses) => {
          const told = {
            ...held,
            name: spell(names, held.name),
            kana: spell(kanas, held.kana),
            address: spell(addresses, held.address),
          };
          expect(compareIdentity(held, told)).toEqual({
            name: 'match',
            kana: 'match',
            birthDate: 'match',
            sex: 'match',
            address: 'match',
          });
        },
      ),
      { numRuns: 400 },
    );
  });

  test('two people match where they are alike and nowhere else', () => {
    fc.assert(
      fc.property(someone, someone, (held, other) => {
        const found = compareIdentity(held, other);
        for (const item of ['name', 'kana', 'birthDate', 'sex', 'address'] as const) {
          expect(found[item], item).toBe(held[item] === other[item] ? 'match' : 'no_match');
        }
      }),
      { numRuns: 400 },
    );
  });

  test('any other letter is another name', () => {
    fc.assert(
      fc.property(someone, fc.nat(), fc.constantFrom(...'甲乙丙丁'), (held, at, letter) => {
        const letters = [...held.name];
        letters[at % letters.length] = letter;
        expect(compareIdentity(held, { name: letters.join('') }).name).toBe('no_match');
      }),
    );
  });

  test('what was not told is not compared, what is not held is neither match nor not', () => {
    expect(compareIdentity(undefined, { name: '見本', sex: '女' })).toEqual({
      name: 'not_held',
      sex: 'not_held',
    });
    expect(compareIdentity(undefined, {})).toEqual({});
  });

  test.each([
    ['見本町二十三丁目4番地の5', '見本町23-4-5'],
    ['見本町１丁目２番３号１０１号室', '見本町1-2-3-101'],
    ['見本町一丁目２番３', '見本町1－2－3'],
    ['見本町十丁目1番2号', '見本町10丁目1-2'],
  ])('%s and %s are one place', (one, other) => {
    expect(plain('address', one)).toBe(plain('address', other));
  });

  test.each([
    ['見本町1丁目23番', '見本町12丁目3番'],
    ['見本町1-23', '見本町12-3'],
    ['見本町1-2', '見本町1-2-3'],
    ['一番町2-3', '二番町2-3'],
  ])('%s and %s are two', (one, other) => {
    expect(plain('address', one)).not.toBe(plain('address', other));
  });
});

describe('an individual number', () => {
  const digits = fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 11, maxLength: 11 })
    .map((all) => individualNumberWithCheckDigit(all.join('')));
  const issueOf = (text: string): unknown => {
    try {
      return readIndividualNumber(text);
    } catch (error) {
      const told = JSON.stringify(error);
      expect(told).not.toContain(text);
      return Reflect.get(error as object, 'detail').extensions.fields[0].issue;
    }
  };

  test('is read as it is, and told what is wrong with it otherwise', () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: 1, max: 9 }), (number, more) => {
        expect(readIndividualNumber(number)).toBe(number);
        const last = (Number(number.at(-1)) + more) % 10;
        expect(issueOf(`${number.slice(0, -1)}${last}`)).toBe('check_digit');
        expect(issueOf(wide(number))).toBe('full_width');
        expect(issueOf(`${number.slice(0, 4)}-${number.slice(4, 8)}-${number.slice(8)}`)).toBe(
          'separators',
        );
        expect(issueOf(`${number} `)).toBe('separators');
        expect(issueOf(`${number.slice(0, 4)}　${number.slice(4)}`)).toBe('separators');
        expect(issueOf(number.slice(1))).toBe('length');
        expect(issueOf(`${number}0`)).toBe('length');
        expect(issueOf(`x${number}`)).toBe('not_digits');
      }),
    );
  });
});
