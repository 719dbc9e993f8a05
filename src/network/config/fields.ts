import { z } from 'zod';
import { keepMonths, LEAST_KEEP_MONTHS } from '../../protocol/log/keep-period.ts';
import { say } from './say.ts';

/** The kinds of values that a configuration has, each with words for both languages. */

/** A line of text, never empty. */
export const text = (ja: string, en: string) =>
  z
    .string()
    .regex(/^\S(.*\S)?$/u, { error: say('空でない1行の文字列', 'a line of text, not empty') })
    .max(500)
    .describe(say(ja, en));

/** A whole number between two bounds, both included. */
export const count = (ja: string, en: string, least: number, most: number) =>
  z.int().min(least).max(most).describe(say(ja, en));

/** A TCP port that needs no privilege, or 0 for whichever is free. */
export const port = (ja: string, en: string) =>
  z
    .union([z.literal(0), z.int().min(1024).max(65_535)], {
      error: say('0 または 1024 から 65535 までの整数', 'a whole number, 1024 to 65535, or 0'),
    })
    .describe(say(ja, en));

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';

/** A loopback address (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3): the simulator stays on its machine. */
export const host = () =>
  z
    .string()
    .regex(new RegExp(`^(127(\\.${OCTET}){3}|::1)$`), {
      error: say(
        'ループバックアドレス（127.0.0.1 など、または ::1）に限ります。シミュレーターを外部に公開してはなりません',
        'only a loopback address (127.0.0.1 and its like, or ::1): the simulator must not be reachable from outside',
      ),
    })
    .describe(say('待ち受けるループバックアドレス', 'Loopback address to listen on'));

/** A calendar date in Japan. */
export const day = (ja: string, en: string) =>
  z.iso
    .date({ error: say('実在する日付（YYYY-MM-DD）', 'a real date, written YYYY-MM-DD') })
    .describe(say(ja, en));

const CLOCK = say(
  'system、または時差付きの日時（例 2026-11-22T09:00:00+09:00）',
  'system, or an instant with its offset, such as 2026-11-22T09:00:00+09:00',
);

/** The machine’s clock, or an instant at which simulated time begins. */
export const instant = () =>
  z
    .union([z.literal('system'), z.iso.datetime({ offset: true, error: CLOCK })], { error: CLOCK })
    .describe(
      say(
        'system は実際の時刻。日時（時差付き）を書くと、その時刻から始まる模擬時刻',
        '`system` for the real time, or the instant (with its offset) at which simulated time begins',
      ),
    );

/** A time of day in Japan. */
export const timeOfDay = (ja: string, en: string) =>
  z
    .string()
    .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, {
      error: say('引用符で囲んだ時刻（HH:MM）', 'a time of day in quotation marks, HH:MM'),
    })
    .describe(say(ja, en));

const KEEP = say(
  '7年以上100年以下の期間（P7Y、P7Y6M など、または年数 7）。法令の定める保存期間は7年（番号法23条1項、番号法施行令29条）',
  'seven to a hundred years, such as P7Y or P7Y6M, or a number of years; the law wants seven (Number Use Act, Article 23; its Order, Article 29)',
);

/** How long something is kept (ISO 8601 years and months, or a number of years): never shorter than the law wants. */
export const keepPeriod = (ja: string, en: string) =>
  z
    .union(
      [
        z
          .string()
          .regex(/^P(?=[0-9])([0-9]{1,3}Y)?([0-9]{1,4}M)?$/, { error: KEEP })
          .refine((text) => (keepMonths(text) ?? 0) >= LEAST_KEEP_MONTHS, { error: KEEP }),
        z
          .int({ error: KEEP })
          // Not min and max: what is told of those is a number without its reason.
          .refine((years) => years >= LEAST_KEEP_MONTHS / 12 && years <= 100, { error: KEEP })
          .meta({ minimum: LEAST_KEEP_MONTHS / 12, maximum: 100 }),
      ],
      { error: KEEP },
    )
    .describe(say(ja, en));

/** Either way of writing it, as parties tell of it. */
export const keepText = (period: string | number): string =>
  typeof period === 'number' ? `P${period}Y` : period;
