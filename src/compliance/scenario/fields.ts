import { z } from 'zod';
import { day } from '../../network/config/fields.ts';
import { say } from '../../network/config/say.ts';
import { type ErrorCode, isErrorCode } from '../../protocol/errors.ts';

/** The kinds of values that a scenario has, each with words for both languages. */

/** What somebody is called in a scenario: 松江市, newcomer. */
export const alias = (ja: string, en: string) =>
  z
    .string()
    .regex(/^[^\s\p{Cc}]{1,200}$/u, {
      error: say('空白のない名前', 'a name without spaces'),
    })
    .describe(say(ja, en));

/** One of something, or several. */
export const oneOrMore = (entry: z.ZodType<string, string>) =>
  z.union([entry, z.array(entry).min(1)]).transform((value): string[] => [value].flat());

export const flag = (ja: string, en: string) => z.boolean().describe(say(ja, en));

/** Text of one or more lines. */
export const prose = (ja: string, en: string) => z.string().min(1).max(4000).describe(say(ja, en));

export const code = (ja: string, en: string) =>
  z
    .string()
    .refine((text): text is ErrorCode => isErrorCode(text), {
      error: say('このエラーコードはありません', 'there is no such error code'),
    })
    .meta({ pattern: '^[a-z_]+$' })
    .describe(say(ja, en));

export const itemNumber = () =>
  z
    .string({
      error: say('項の番号は引用符で囲む（"25"）', 'write an item in quotation marks: "25"'),
    })
    .regex(/^[1-9][0-9]{0,3}(の[1-9][0-9]{0,3}){0,3}$/, {
      error: say('項の番号（"25"、"16の2"）', 'the number of an item: "25", "16の2"'),
    })
    .describe(say('照合リストの項', 'Item of the permission list'));

const INSTANT = say(
  '時差付きの日時（例 2026-11-22T09:00:00+09:00）',
  'an instant with its offset, such as 2026-11-22T09:00:00+09:00',
);
export const instant = (ja: string, en: string) =>
  z.iso.datetime({ offset: true, error: INSTANT }).describe(say(ja, en));

export const japaneseDate = day;

const DURATION = /^([1-9][0-9]{0,7})(ms|s|m|h|d)$/;
const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const isUnit = (text: string): text is keyof typeof UNITS => Object.hasOwn(UNITS, text);

const LENGTH = say('長さ（90s、15m、25h、8d）', 'a length of time: 90s, 15m, 25h, 8d');

/** `61s`, `25h`, `8d` → milliseconds. */
export const duration = (ja: string, en: string) =>
  z
    .string({ error: LENGTH })
    .regex(DURATION, { error: LENGTH })
    .transform((text) => {
      const [, count = '0', unit = ''] = DURATION.exec(text) ?? [];
      return Number(count) * (isUnit(unit) ? UNITS[unit] : 0);
    })
    .describe(say(ja, en));

/** A file beside the scenario or in a folder below it: nothing outside can be read. */
export const reference = (ja: string, en: string) =>
  z
    .string()
    .min(1)
    .max(500)
    .refine(staysInside, {
      error: say(
        'シナリオのフォルダーの中のファイルを相対パスで書いてください',
        'name a file inside the scenario’s folder, by a relative path',
      ),
    })
    .describe(say(ja, en));

function staysInside(path: string): boolean {
  const steps = path.split('/');
  const plain = !/^[A-Za-z]:|^[\\/~]|[\\\0]/.test(path);
  return plain && steps.every((step) => step !== '..' && step !== '');
}
