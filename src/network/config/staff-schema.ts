import { z } from 'zod';
import { count, timeOfDay } from './fields.ts';
import { say } from './say.ts';

/** What is asked of the staff’s passwords, log-ins and sessions, and what stands out in the operation log. */

const part = <Shape extends z.ZodRawShape>(ja: string, en: string, shape: Shape) =>
  z.strictObject(shape).describe(say(ja, en));

const PasswordSchema = part('パスワード（R-308）', 'Passwords', {
  minLength: count('最小の文字数', 'Least number of characters', 8, 128).default(12),
  maxAgeDays: count(
    '有効日数。過ぎると変更が必要',
    'Days until a new one is wanted',
    1,
    3650,
  ).default(90),
  history: count(
    '再利用できない直近の個数（現在のものを含む）',
    'How many of the latest, the present one included, are not good again',
    1,
    24,
  ).default(5),
  initialHours: count(
    '管理者が渡した初期パスワードの有効時間',
    'Hours for which one that an administrator gave out is good',
    1,
    720,
  ).default(72),
  memoryKiB: count(
    'ハッシュ（argon2id）のメモリー。OWASP の推奨は 19456 以上',
    'Memory of the hash (argon2id), in KiB; OWASP asks for 19456 or more',
    8,
    1_048_576,
  ).default(19_456),
  passes: count('ハッシュの繰り返し', 'Passes of the hash', 1, 100).default(2),
});

const LockOutSchema = part('ログインの失敗が続いたとき', 'Failed log-ins in a row', {
  failures: count('この回数で一時停止する', 'This many lock the id', 2, 100).default(5),
  minutes: count('停止する時間（分）', 'For so many minutes', 1, 1440).default(15),
});

const SessionSchema = part('ログインしている時間（R-307）', 'Sessions', {
  idleMinutes: count(
    '操作がないまま終了するまでの時間（分）',
    'Minutes without activity after which one ends',
    1,
    480,
  ).default(15),
  hours: count(
    '操作があっても終了するまでの時間',
    'Hours after which one ends anyway',
    1,
    24,
  ).default(12),
});

export const StaffSchema = part('職員の認証と権限', 'The staff: how they log in', {
  password: PasswordSchema.prefault({}),
  lockOut: LockOutSchema.prefault({}),
  session: SessionSchema.prefault({}),
  validDays: count(
    '利用者 ID の有効期間の上限（日）',
    'Longest validity of an id, in days',
    1,
    3650,
  ).default(366),
});

/** What stands out when the operation log is reviewed. */
export const AnomaliesSchema = part(
  '操作記録の点検で異常とするもの',
  'What stands out when the operation log is reviewed',
  {
    office: part('執務時間（日本時間）', 'Office hours in Japan', {
      opens: timeOfDay('始まり', 'They begin').default('08:30'),
      closes: timeOfDay('終わり', 'They end').default('17:15'),
    }).prefault({}),
    failedLogIns: part('ログインの失敗', 'Failed log-ins', {
      count: count('回数', 'How many', 2, 1000).default(3),
      minutes: count('時間（分）', 'Within so many minutes', 1, 1440).default(10),
    }).prefault({}),
    manyPersons: part('多数の住民の閲覧', 'One person looking up many', {
      persons: count('人数', 'How many persons', 2, 100_000).default(30),
      minutes: count('時間（分）', 'Within so many minutes', 1, 1440).default(10),
    }).prefault({}),
  },
);
