import { z } from 'zod';
import { text } from '../../network/config/fields.ts';
import { say } from '../../network/config/say.ts';
import { InformationCode } from '../../protocol/identifiers.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { alias, flag, oneOrMore, reference } from './fields.ts';

/** Who takes part in a scenario: agencies, and people with what is known of them. */

export const Information = text(
  '特定個人情報の名称（照合リストのとおり）またはコード（TM…）',
  'Kind of information, by the list’s name for it or by its code (TM…)',
);

/** An agency of the network’s configuration, or one that is made up of roles. */
export const PartySchema = z
  .strictObject({
    agency: z
      .string()
      .regex(/^[0-9]{5}$/, {
        error: say('5桁の数字を引用符で囲む', 'five digits in quotation marks'),
      })
      .describe(say('ネットワーク設定にある機関コード', 'Code of an agency in the configuration'))
      .optional(),
    roles: oneOrMore(text('照合リストにある役割', 'A role of the permission list'))
      .describe(
        say(
          'この役割だけを持つ架空の機関（評価書は全事務を対象とする）',
          'An agency made up for the scenario with these roles; its assessment covers everything',
        ),
      )
      .optional(),
    name: text('名称（架空の機関）', 'Name, of a made-up agency').optional(),
    manualProvision: z
      .array(Information)
      .describe(
        say(
          '副本がないとき、職員が手作業で提供する特定個人情報',
          'Information that staff provide by hand when there is no copy',
        ),
      )
      .optional(),
  })
  .refine(({ agency, roles }) => (agency === undefined) !== (roles === undefined), {
    error: say('agency か roles のどちらか一方', 'either `agency` or `roles`'),
  })
  .describe(say('機関', 'An agency'));

export const isInformationCode = (name: string): boolean => InformationCode.safeParse(name).success;

/** What is said of a copy (副本) wherever one is written. */
export const copyFields = {
  information: Information,
  layoutVersion: text('版', 'Layout version').default('X-1'),
  records: z
    .array(CopyRecord)
    .max(1000)
    .describe(say('記録', 'The records, each with its items'))
    .optional(),
  file: reference('記録のある JSON ファイル', 'A JSON file with the records').optional(),
  autoResponseDisabled: flag('自動応答不可フラグ', 'Auto-response-disabled').default(false),
  nonDisclosable: flag('不開示', 'Non-disclosable').default(false),
};

const CopySchema = z
  .strictObject(copyFields)
  .refine(({ records, file }) => (records === undefined) !== (file === undefined), {
    error: say('records か file のどちらか一方', 'either `records` or `file`'),
  })
  .describe(say('副本', 'A copy held for provision'));

const KnowledgeSchema = z
  .strictObject({
    code: flag('識別符号を取得済み', 'An identification code was acquired').default(true),
    copies: z.array(CopySchema).default([]),
  })
  .describe(say('その機関が知っていること', 'What that agency knows'));

const who = () => alias('機関', 'An agency of this scenario');

export const PersonSchema = z
  .strictObject({
    about: text('どのような人か', 'Who it is').optional(),
    knownTo: z
      .union([
        z.array(who()).min(1),
        z.record(
          z.string(),
          KnowledgeSchema.nullable().transform((known) => known ?? KnowledgeSchema.parse({})),
        ),
      ])
      .transform((known) =>
        Array.isArray(known)
          ? Object.fromEntries(known.map((party) => [party, KnowledgeSchema.parse({})]))
          : known,
      )
      .describe(
        say('知っている機関（inquirers、providers の名前）', 'The agencies that know the person'),
      ),
  })
  .describe(say('架空の住民', 'An invented resident'));

export type Party = z.output<typeof PartySchema>;
export type Person = z.output<typeof PersonSchema>;
export type Knowledge = z.output<typeof KnowledgeSchema>;
export type ScenarioCopy = z.output<typeof CopySchema>;
