import { z } from 'zod';
import { BusinessSystemSchema } from './business-system-schema.ts';
import { count, day, keepPeriod, port, text } from './fields.ts';
import { say } from './say.ts';

/** Shape of one agency in renkei.yaml, and of the impact assessments of its files. */

const names = (ja: string, en: string) => z.array(text(ja, en)).default([]).describe(say(ja, en));

const CoversSchema = z
  .union(
    [
      z.literal('all'),
      z.strictObject({
        affairs: names(
          '情報照会者として行う事務の名称（照合リストのとおり）',
          'Affairs it inquires for, by the name in the permission list',
        ),
        information: names(
          '情報提供者として提供する特定個人情報の名称（照合リストのとおり）',
          'Information it provides, by the name in the permission list',
        ),
      }),
    ],
    { error: say('all、または affairs と information', '`all`, or `affairs` and `information`') },
  )
  .describe(say('評価の対象。all はすべて', 'What was assessed; `all` for everything'));

/** 特定個人情報保護評価書 (番号法28条). `from` is filled in with `announced` where it is left out. */
const AssessmentSchema = z
  .strictObject({
    number: count('評価書番号', 'Its number', 1, 99_999),
    title: text('評価書名', 'Its title'),
    operator: text('評価実施機関名', 'The agency that carried it out'),
    announced: day('公表日', 'The day of its announcement'),
    from: day(
      '効力を持つ最初の日。省略すると公表日',
      'First day on which it counts; the day of announcement if left out',
    ).optional(),
    ended: day(
      '終了日。この日から効力を持たない',
      'The day from which it no longer counts',
    ).optional(),
    succeededBy: count(
      '統合先の評価書番号（同じ機関の）',
      'Number of the agency’s assessment that took its place',
      1,
      99_999,
    ).optional(),
    breach: z
      .boolean()
      .default(false)
      .describe(
        say('番号法28条に違反していると認められた', 'It was found to be in breach of Article 28'),
      ),
    covers: CoversSchema,
    note: text('覚え書き', 'A remark for people').optional(),
  })
  .transform((assessment) => ({ ...assessment, from: assessment.from ?? assessment.announced }))
  .describe(
    say(
      '特定個人情報保護評価書。効力のある評価書がなければ照会も提供もできない（番号法21条2項）',
      'An impact assessment. Without one that counts, the agency may neither inquire nor provide',
    ),
  );

export const AgencySchema = z
  .strictObject({
    code: z
      .string()
      .regex(/^[0-9]{5}$/, {
        error: say('5桁の数字を引用符で囲む', 'five digits in quotation marks'),
      })
      .describe(
        say(
          '機関コード。地方公共団体は検査数字を除いた全国地方公共団体コード、その他は renkei が決めた 9 で始まる番号',
          'Agency code: for local governments the public five digits (no check digit), for others 9 and four digits of renkei’s own',
        ),
      ),
    name: text('機関の名称', 'Name of the agency'),
    roles: z
      .array(text('照合リストにある役割の名称', 'A role, by its name in the permission list'))
      .min(1, { error: say('役割を1つ以上書いてください', 'name at least one role') })
      .describe(
        say(
          '役割。最も狭いものを書けば、それを含む広い役割も持つ（市長は市町村長でもある）',
          'Its roles: the narrowest; the wider ones that take them in are held as well (市長 is also 市町村長)',
        ),
      ),
    suspended: z
      .boolean()
      .default(false)
      .describe(say('利用を停止されている', 'It is suspended from the network')),
    port: port(
      '中間サーバーのポート（listen.nodes に代えて）',
      'Port of its node, instead of the one counted from listen.nodes',
    ).optional(),
    businessSystems: z
      .array(BusinessSystemSchema)
      .max(100)
      .optional()
      .describe(
        say(
          '業務システム。省略すると gyomu（照会と副本の登録）と atena（識別符号の取得）だけ',
          'Its business systems, besides `gyomu` (inquiries, copies) and `atena` (codes)',
        ),
      ),
    manualProvision: names(
      '副本がないとき、職員が手作業で提供する特定個人情報の名称（照合リストのとおり）',
      'Information that staff provide by hand when there is no copy, by the name in the permission list',
    ),
    retention: keepPeriod(
      'この機関が記録を保存する期間（retention.period に代えて）',
      'How long this agency keeps its records, instead of retention.period',
    ).optional(),
    assessments: z
      .array(AssessmentSchema)
      .default([])
      .describe(say('特定個人情報保護評価書', 'Its impact assessments')),
  })
  .describe(say('機関', 'An agency'));
