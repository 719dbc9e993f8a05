import { z } from 'zod';
import { text } from '../../network/config/fields.ts';
import { say } from '../../network/config/say.ts';
import { ListId } from '../../protocol/identifiers.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { batch } from './batch-schema.ts';
import { call, logIn } from './calling-schema.ts';
import { ExpectSchema } from './expect-schema.ts';
import { alias, duration, flag, instant, itemNumber, japaneseDate, reference } from './fields.ts';
import { fault, forge, tamper, trust } from './meddling-schema.ts';
import { copyFields, Information } from './parties-schema.ts';

/** What happens in a scenario, one after the other. */

const action = <Shape extends z.ZodRawShape>(ja: string, en: string, shape: Shape) =>
  z.strictObject(shape).describe(say(ja, en));
const party = () => alias('機関（inquirers、providers の名前）', 'An agency of this scenario');
const earlier = () => alias('前の手順の id', 'The id of an earlier step');
const staff = () =>
  alias(
    '職員（tanto、tanto2、jocho、kanri、kansa）',
    'Member of staff: tanto, tanto2, jocho, kanri, kansa',
  );

const query = action('照会する', 'A business system makes an inquiry', {
  inquirer: party(),
  provider: party(),
  person: alias('住民', 'A person of this scenario'),
  item: itemNumber().optional(),
  affair: text('事務の名称またはコード', 'Affair, by name or code').optional(),
  information: Information,
  period: z
    .strictObject({
      from: japaneseDate('最初の日', 'First day').optional(),
      until: japaneseDate('最後の日', 'Last day').optional(),
    })
    .optional(),
  as: alias(
    '呼出し元。gyomu（既定）、職員、nobody、または 他の機関/gyomu',
    'Who calls: gyomu (default), a member of staff, nobody, or OTHER-AGENCY/gyomu',
  ).default('gyomu'),
  again: earlier()
    .describe(say('同じ番号でもう一度照会する', 'Asks again under the id of an earlier inquiry'))
    .optional(),
});

const look = action('照会の結果を見る', 'Looks at an inquiry again', {
  of: earlier(),
  as: alias('呼出し元', 'Who calls').default('gyomu'),
});

const reviewing = <Shape extends z.ZodRawShape>(ja: string, en: string, more: Shape) =>
  action(ja, en, {
    of: earlier(),
    by: staff(),
    at: party()
      .describe(say('情報提供者でない機関で行う', 'At another agency than the provider'))
      .optional(),
    ...more,
  });

const shown = {
  shown: flag(
    'false なら、内容を表示せずに行う',
    '`false`: it is done without looking at the content',
  ).default(true),
};
const why = {
  reason: alias('理由', 'Why: person_in_doubt, content_in_doubt, incomplete …').default('other'),
};
const entered = {
  layoutVersion: text('版', 'Layout version').default('X-1'),
  records: z.array(CopyRecord).max(1000).describe(say('記録', 'The records')),
};

const advance = z
  .union([
    duration('時計を進める', 'The clock moves on'),
    z.strictObject({ to: instant('この時刻まで', 'Until this instant') }),
  ])
  .describe(
    say('時計を進め、期限の来た処理を行う', 'The clock moves on, and what falls due is done'),
  );

const assessment = action('評価書を変える', 'Changes or suspends an impact assessment', {
  agency: party(),
  number: z.int().min(1),
  from: japaneseDate('効力を持つ最初の日', 'First day on which it counts').optional(),
  ended: japaneseDate('終了日', 'The day from which it no longer counts').optional(),
  breach: flag('番号法28条違反', 'In breach of Article 28').optional(),
});

const rotateKeys = action('署名鍵を替える', 'A node makes a new signing key', {
  agency: party(),
  now: flag('前の鍵を直ちに失効させる', 'The old key is revoked at once').default(false),
  by: staff().default('kanri'),
});

const suspend = action('機関の利用を停止する', 'Suspends an agency, or lets it take part again', {
  agency: party(),
  suspended: flag('停止', 'Suspended').default(true),
});

const list = z
  .strictObject({
    id: ListId.describe(
      say('この照合リストだけを常に施行中とする', 'This list alone, in force at all times'),
    ).optional(),
    file: reference('照合リストの JSON', 'A permission list (JSON)').optional(),
    without: z
      .array(itemNumber())
      .min(1)
      .describe(say('これらの項を除く', 'The present lists without these items'))
      .optional(),
  })
  .refine((it) => Object.values(it).filter((value) => value !== undefined).length === 1, {
    error: say('id、file、without のどれか一つ', 'one of `id`, `file`, `without`'),
  })
  .describe(say('照合リストを切り替える', 'Switches the permission list'));

const imported = action('副本を登録する', 'Puts a copy into an agency’s node', {
  agency: party(),
  person: alias('住民', 'A person of this scenario'),
  ...copyFields,
});

const acquire = action('識別符号を取得する', 'Acquires an identification code', {
  agency: party(),
  person: alias('住民', 'A person of this scenario'),
});

const history = action(
  '本人がカードでログインし、やりとり履歴を見る。contains と lacks で確かめる',
  'The person concerned logs in with their card and sees what was asked about them; for `contains` and `lacks`',
  {
    person: alias('住民', 'A person of this scenario'),
    agency: party().describe(say('本人を知る機関', 'An agency that knows them')),
  },
);

const node = (ja: string, en: string) => party().describe(say(ja, en));

export const ACTIONS = {
  query,
  look,
  enter: reviewing('手作業で内容を入力する', 'A member of staff enters records by hand', entered),
  review: reviewing('内容を確認する', 'A member of staff reviews', shown),
  return: reviewing('確認に差し戻す', 'Given back to be reviewed again', why),
  approve: reviewing('承認する', 'Another one approves', shown),
  decline: reviewing('却下する', 'Another one declines', why),
  advance,
  assessment,
  suspend,
  rotateKeys,
  list,
  fault,
  tamper,
  forge,
  trust,
  import: imported,
  acquire,
  batch,
  call,
  logIn,
  history,
  stop: node('ノードを止める', 'Switches a node off'),
  start: node('ノードを動かす', 'Switches it on again'),
};
export type ActionName = keyof typeof ACTIONS;
const NAMES = Object.keys(ACTIONS);

const optional = <Shape extends Record<string, z.ZodType>>(shape: Shape) =>
  z.object(shape).partial().shape;

export const StepSchema = z
  .strictObject({
    id: alias('後の手順から参照する名前', 'A name for later steps to refer to').optional(),
    title: text('説明', 'What happens, for the report').optional(),
    ...optional(ACTIONS),
    expect: ExpectSchema.optional(),
  })
  .refine((step) => NAMES.filter((name) => Object.hasOwn(step, name)).length === 1, {
    error: say(`手順は一つだけ: ${NAMES.join('、')}`, `one action a step: ${NAMES.join(', ')}`),
  })
  .refine((step) => step.expect !== undefined || !MUST_EXPECT.some((name) => step[name]), {
    path: ['expect'],
    error: say('期待する結果を書いてください', 'say what is expected'),
  })
  .describe(say('手順', 'A step'));

const MUST_EXPECT = [
  ...(['query', 'look', 'batch', 'call', 'logIn', 'history'] as const),
  ...(['enter', 'review', 'return', 'approve', 'decline'] as const),
] as const;

export type Step = z.output<typeof StepSchema>;
export type Actions = { [Name in ActionName]: z.output<(typeof ACTIONS)[Name]> };
