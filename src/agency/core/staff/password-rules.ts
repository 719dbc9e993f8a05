import { RenkeiError } from '../../../protocol/errors.ts';
import type { Passwords } from '../../../service/ports.ts';
import type { StaffSettings } from './ports.ts';
import type { User } from './users.ts';

/** Longer ones cost time and nothing else. */
export const LONGEST_PASSWORD = 128;

interface Rule {
  readonly rule: 'length' | 'log-in-name' | 'reused' | 'one-character';
  readonly ja: string;
  readonly en: string;
}

/**
 * Checks a new password: its length, that it does not hold the log-in name, that it is none of the latest.
 * @param earlier hashes, the present one among them
 * @throws RenkeiError message_malformed with every rule that it breaks, never the password
 */
export async function checkNewPassword(
  passwords: Passwords,
  { password: { minLength, history } }: StaffSettings,
  { login }: Pick<User, 'login'>,
  earlier: readonly string[],
  password: string,
): Promise<void> {
  const text = password.normalize('NFKC');
  const broken: Rule[] = [];
  if ([...text].length < minLength) {
    broken.push({
      rule: 'length',
      ja: `${minLength} 文字以上にしてください`,
      en: `It has at least ${minLength} characters`,
    });
  }
  if (text.toLowerCase().includes(login)) {
    broken.push({
      rule: 'log-in-name',
      ja: '利用者 ID を含めないでください',
      en: 'It does not hold the log-in name',
    });
  }
  if (new Set(text).size < 4) {
    broken.push({
      rule: 'one-character',
      ja: '同じ文字の繰り返しにしないでください',
      en: 'It is not a few characters over and over',
    });
  }
  for (const hash of broken.length > 0 ? [] : earlier) {
    if (!(await passwords.matches(text, hash))) continue;
    broken.push({
      rule: 'reused',
      ja: `直近 ${history} 回のパスワードは使えません`,
      en: `It is none of the latest ${history}`,
    });
    break;
  }
  if (broken.length === 0) return;
  throw new RenkeiError('message_malformed', {
    ja: `パスワードの規則: ${broken.map(({ ja }) => ja).join('、')}`,
    en: `Rules for passwords: ${broken.map(({ en }) => en).join('; ')}`,
    extensions: { rules: broken.map(({ rule }) => rule) },
  });
}
