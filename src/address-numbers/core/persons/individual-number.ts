import { RenkeiError } from '../../../protocol/errors.ts';
import { isIndividualNumber } from '../../../protocol/numbers/individual-number.ts';

const ISSUES = {
  full_width: [
    '全角の数字があります。半角の数字で送ってください',
    'full-width digits: send ASCII digits',
  ],
  separators: [
    '空白や区切り記号があります。12桁の数字だけを送ってください',
    'spaces or separators: send the twelve digits alone',
  ],
  not_digits: ['数字以外の文字があります', 'something else than digits'],
  length: ['12桁ではありません', 'not twelve digits'],
  check_digit: [
    '検査用数字が合いません。番号を確かめてください',
    'the check digit is wrong: look at the number again',
  ],
} as const;
type Issue = keyof typeof ISSUES;

/**
 * An individual number as it must be sent: twelve ASCII digits with a right check digit (総務省令第85号5条).
 * Nothing is put right in silence: what a caller spells otherwise it may hold otherwise. The number is never repeated.
 * @throws RenkeiError message_malformed with the kind of mistake
 */
export function readIndividualNumber(text: string, field = '/individualNumber'): string {
  if (isIndividualNumber(text)) return text;
  const issue = issueOf(text);
  const [ja, en] = ISSUES[issue];
  throw new RenkeiError('message_malformed', {
    ja: `個人番号: ${ja}`,
    en: `Individual number: ${en}`,
    extensions: { fields: [{ field, issue }] },
  });
}

function issueOf(text: string): Issue {
  if (/[\uff10-\uff19]/.test(text)) return 'full_width';
  if (/[\s\p{Pd}\u2212\u30fb\u30fc._/,]/u.test(text)) return 'separators';
  if (!/^[0-9]*$/.test(text)) return 'not_digits';
  return text.length === 12 ? 'check_digit' : 'length';
}
