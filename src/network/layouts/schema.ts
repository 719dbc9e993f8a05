import { z } from 'zod';
import { CHARACTERS, FILE_COLUMNS } from '../../protocol/layouts/layout.ts';
import { count, text } from '../config/fields.ts';
import { say } from '../config/say.ts';

/** Shape of a layout file. Every description ends up in layouts/layout.schema.json, for editors to show. */

const RESERVED: readonly string[] = [...Object.values(FILE_COLUMNS), '__proto__'];

const name = () =>
  text('項目名。ファイルの列の見出しになる', 'Its name: the heading of its column').refine(
    (item) => !RESERVED.includes(item) && item.length <= 60,
    {
      error: say(
        '60字までの名称。副本ファイルの見出し（統合宛名番号など）は使えない',
        'a name of at most 60 characters, none of the headings that every file of copies has',
      ),
    },
  );

const item = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({
    name: name(),
    ...shape,
    required: z
      .boolean()
      .default(false)
      .describe(say('空であってはならない', 'It may not be empty')),
  });

const bound = (ja: string, en: string) =>
  z.number().min(-999_999_999_999).max(999_999_999_999).describe(say(ja, en));
const LEAST = bound('最小の値', 'The least value');
const MOST = bound('最大の値', 'The greatest value');

const ItemSchema = z.discriminatedUnion(
  'type',
  [
    item({
      type: z.literal('text').describe(say('文字列', 'Text')),
      max: count('最大の文字数', 'Characters at most', 1, 2000),
      characters: z
        .enum(CHARACTERS, { error: say(CHARACTERS.join('、'), CHARACTERS.join(', ')) })
        .default('any')
        .describe(
          say(
            '使える文字。any は印字できる文字すべて（制御文字と外字を除く）',
            'Which characters; `any` for all that can be printed (no control characters, no private use)',
          ),
        ),
      formulas: z
        .boolean()
        .default(false)
        .describe(
          say(
            '= + - @ で始まってよい（表計算ソフトは数式とみなす）',
            'It may begin with = + - @, which a spreadsheet takes for a formula',
          ),
        ),
    }),
    item({
      type: z.literal('integer').describe(say('整数', 'A whole number')),
      least: LEAST.default(0),
      most: MOST.default(999_999_999_999),
      decimals: z.literal(0).default(0).describe(say('小数点以下の桁数（常に 0）', 'Always 0')),
    }),
    item({
      type: z.literal('decimal').describe(say('小数', 'A decimal number')),
      least: LEAST.default(0),
      most: MOST.default(999_999_999_999),
      decimals: count('小数点以下の最大桁数', 'Digits behind the point at most', 1, 3),
    }),
    item({
      type: z.literal('code').describe(say('コード表の値', 'One of a code list')),
      codes: z
        .array(text('コード', 'A code'))
        .min(1, { error: say('コードを1つ以上書いてください', 'name at least one code') })
        .max(5000)
        .describe(say('コード表', 'The code list')),
    }),
    item({ type: z.literal('date').describe(say('日付 YYYY-MM-DD', 'A date, YYYY-MM-DD')) }),
    item({ type: z.literal('month').describe(say('年月 YYYY-MM', 'A month, YYYY-MM')) }),
    item({ type: z.literal('year').describe(say('西暦年 YYYY', 'A year, YYYY')) }),
    item({
      type: z
        .literal('individual_number')
        .describe(
          say('個人番号（検査用数字を確かめる）', 'An individual number; its check digit counts'),
        ),
    }),
  ],
  {
    error: say(
      'text、integer、decimal、code、date、month、year、individual_number のいずれか',
      'one of text, integer, decimal, code, date, month, year, individual_number',
    ),
  },
);

export const LayoutSchema = z
  .strictObject({
    information: z
      .array(
        text(
          '特定個人情報の名称（照合リストのとおり）',
          'A kind of information, as in the permission list',
        ),
      )
      .min(1, {
        error: say('種類を1つ以上書いてください', 'name at least one kind of information'),
      })
      .describe(say('このレイアウトを使う特定個人情報', 'Kinds of information that use it')),
    version: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$/, {
        error: say('20字までの英数字、. _ -', 'letters, digits, . _ - of ASCII, 20 at most'),
      })
      .describe(say('版', 'Its version')),
    source: text('出典', 'Where it comes from').optional(),
    datedBy: text(
      '行がどの日（年月、年）についてのものかを示す項目',
      'The item that says which day, month or year a row is about',
    ).optional(),
    key: z
      .array(text('項目名', 'An item'))
      .default([])
      .describe(
        say(
          'キー項目。一人の行の中で、これらがすべて同じ行が二つあってはならない',
          'Key items: no two rows of one person are alike in all of them',
        ),
      ),
    items: z
      .array(ItemSchema)
      .min(1, { error: say('項目を1つ以上書いてください', 'name at least one item') })
      .max(500)
      .describe(say('項目。列の順', 'The items, in the order of the columns')),
  })
  .describe(say('データ標準レイアウト', 'A layout of copies'));

export type LayoutFile = z.output<typeof LayoutSchema>;
