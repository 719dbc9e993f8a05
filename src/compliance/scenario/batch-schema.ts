import { z } from 'zod';
import { text } from '../../network/config/fields.ts';
import { say } from '../../network/config/say.ts';
import { alias, itemNumber } from './fields.ts';
import { Information } from './parties-schema.ts';

const party = (ja: string, en: string) => alias(ja, en);

const Row = z.strictObject({
  person: alias('住民', 'A person of this scenario'),
  provider: party('情報提供者', 'Provider'),
  item: itemNumber().optional(),
  affair: text('事務の名称またはコード', 'Affair, by name or code').optional(),
  information: Information,
});

/** An inquiry file, and everything that comes of it before the next step. */
export const batch = z
  .strictObject({
    inquirer: party('機関（inquirers の名前）', 'An agency of this scenario'),
    rows: z.array(Row).min(1).max(1000).optional(),
    file: z
      .string()
      .max(1_000_000)
      .describe(say('rows に代わる、ファイルの内容そのもの', 'The file itself, instead of `rows`'))
      .optional(),
    as: alias('呼出し元', 'Who calls').default('gyomu'),
  })
  .refine(({ rows, file }) => (rows === undefined) !== (file === undefined), {
    error: say('rows か file のどちらか', 'either `rows` or `file`'),
  })
  .describe(
    say(
      '照会依頼ファイルを送る。次の手順までに、照会できる行はすべて照会される',
      'Sends an inquiry file; whatever can be asked is asked before the next step',
    ),
  );
