import { japaneseDay } from '../../src/protocol/day.ts';
import { keyedDigest, sha256 } from '../../src/protocol/digest.ts';
import { base64url } from '../../src/protocol/encoding.ts';
import { ERRORS } from '../../src/protocol/errors.ts';
import { affairCode, informationCode } from '../../src/protocol/permission/codes.ts';
import { KINDS } from '../protocol/support/kinds.ts';
import { AFFAIR, bytesOf, INFORMATION } from './examples.ts';

/** Texts that are, and that are not, identifiers of one sort. */
export interface Spellings {
  readonly valid: readonly string[];
  readonly invalid: readonly string[];
}
export interface CodeVectors {
  readonly errors: readonly { readonly code: string; readonly status: number }[];
  readonly messages: readonly string[];
  readonly affairs: readonly { readonly name: string; readonly code: string }[];
  readonly information: readonly { readonly name: string; readonly code: string }[];
  readonly digests: readonly { readonly text: string; readonly digest: string }[];
  readonly keyedDigests: readonly {
    readonly key: string;
    readonly parts: readonly string[];
    readonly digest: string;
  }[];
  readonly japaneseDays: readonly { readonly instant: number; readonly day: string }[];
  readonly identifiers: Readonly<Record<string, Spellings>>;
}

const NAMES = [AFFAIR, INFORMATION, 'か\u3099', 'が', 'A', ''];
const PARTS = [[], [''], ['', ''], ['a', 'bc'], ['ab', 'c'], ['abc'], ['1:a'], ['13101', '連携']];
const INSTANTS = ['2026-11-21T14:59:59.999Z', '2026-11-21T15:00:00Z', '2026-12-31T15:00:00Z'];

export const codeVectors = (): CodeVectors => {
  const key = bytesOf('key');
  return {
    errors: Object.entries(ERRORS).map(([code, [status]]) => ({ code, status })),
    messages: Object.values(KINDS).map(({ kind }) => kind.typ),
    affairs: NAMES.map((name) => ({ name, code: affairCode(name) })),
    information: NAMES.map((name) => ({ name, code: informationCode(name) })),
    digests: ['', 'abc', '連携'].map((text) => ({ text, digest: sha256(text) })),
    keyedDigests: PARTS.map((parts) => ({
      key: base64url(key),
      parts,
      digest: base64url(keyedDigest(key, ...parts)),
    })),
    japaneseDays: INSTANTS.map((text) => ({
      instant: Date.parse(text),
      day: japaneseDay(Date.parse(text)),
    })),
    identifiers: IDENTIFIERS,
  };
};

const ID = 'abcdefghijklmnopqrst-A';
const IDS = [`${ID}=`, ID.replace('-', '+'), `${ID.slice(0, -1)}B`, ID.slice(1), `${ID}A`, ''];

/** Written by hand: what the schemas are held against. */
const IDENTIFIERS: CodeVectors['identifiers'] = {
  agency: {
    valid: ['00000', '13101'],
    invalid: ['1310', '131016', '1310a', '１３１０１', '13101\n'],
  },
  affair: { valid: ['JM00000000000001'], invalid: ['TM00000000000001', 'JM1', 'jm00000000000001'] },
  information: { valid: ['TM00000000000001'], invalid: ['JM00000000000001', 'TM0000000000000１'] },
  item: {
    valid: ['1', '25', '16の2', '16の2の3'],
    invalid: ['16の', '16ノ2', '25の項', '１６', ''],
  },
  list: { valid: ['order-r6-9', 'a'], invalid: ['Order', '-a', 'a_b', ''] },
  id: { valid: [ID, 'AAAAAAAAAAAAAAAAAAAAAA'], invalid: IDS },
  digest: { valid: [sha256('')], invalid: [`${sha256('')}=`, ID, ''] },
  day: {
    valid: ['2024-02-29', '2026-11-22'],
    invalid: ['2023-02-29', '1900-02-29', '2026-13-01', '2026-4-1', '20260401', ''],
  },
  integratedAddressNumber: { valid: ['000000000000001'], invalid: ['1', '00000000000000１', ''] },
};
