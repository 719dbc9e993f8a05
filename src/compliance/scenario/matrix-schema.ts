import { z } from 'zod';
import { say } from '../../network/config/say.ts';
import { alias, code, itemNumber, oneOrMore } from './fields.ts';
import { Information } from './parties-schema.ts';

/** Every inquirer asks every provider, by every item, for every kind of information. */

const verdictFields = {
  decision: z.enum(['permit', 'deny']),
  code: code('拒否のコード', 'Code of the denial').optional(),
  reasons: z.array(code('理由', 'Reason')).min(1).optional(),
};

const hasItsCode = ({ decision, code }: { decision: string; code?: string | undefined }) =>
  (decision === 'deny') === (code !== undefined);
const NEEDS_CODE = {
  path: ['code'],
  error: say(
    'deny には code が要り、permit には要らない',
    '`deny` needs its code, `permit` has none',
  ),
};

const inquirer = () => alias('情報照会者', 'Inquirer');
const provider = () => alias('情報提供者', 'Provider');

const Verdict = z
  .strictObject(verdictFields)
  .refine(hasItsCode, NEEDS_CODE)
  .describe(say('他のすべての場合', 'All other cases'));

const Expected = z
  .strictObject({
    inquirer: oneOrMore(inquirer()).optional(),
    provider: oneOrMore(provider()).optional(),
    item: oneOrMore(itemNumber()).optional(),
    information: oneOrMore(Information).optional(),
    ...verdictFields,
  })
  .refine(hasItsCode, NEEDS_CODE)
  .describe(
    say(
      '該当する場合すべて。省いた軸は問わない。二つが同じ場合に及んではならない',
      'All cases that match; an axis left out matches any. No two may speak of the same case',
    ),
  );

export const MatrixSchema = z
  .strictObject({
    inquirers: z.array(inquirer()).min(1),
    providers: z.array(provider()).min(1),
    items: z.array(itemNumber()).min(1),
    information: z.array(Information).min(1),
    expected: z.array(Expected).default([]),
    default: Verdict,
  })
  .describe(
    say(
      '情報照会者 × 情報提供者 × 項 × 特定個人情報のすべての組合せ',
      'All combinations of inquirers, providers, items and information',
    ),
  );

export type Matrix = z.output<typeof MatrixSchema>;
export type MatrixVerdict = z.output<typeof Verdict>;
