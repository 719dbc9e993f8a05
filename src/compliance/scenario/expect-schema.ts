import { z } from 'zod';
import { say } from '../../network/config/say.ts';
import { CopyRecord } from '../../protocol/plaintext.ts';
import { RecordKind } from '../../protocol/record.ts';
import { alias, code, itemNumber } from './fields.ts';

/** What a step must lead to. What is left out is not compared, but for an error: that must be expected by its code. */

const RecordExpectation = z.union([
  RecordKind,
  z.strictObject({
    kind: RecordKind,
    code: code('エラーコード', 'Error code').optional(),
    outcome: z.enum(['provided', 'no_record', 'pending', 'refused']).optional(),
    item: itemNumber().optional(),
    staff: alias('職員', 'Member of staff').optional(),
    nonDisclosable: z.boolean().optional(),
  }),
]);

const records = (ja: string, en: string) =>
  z.array(RecordExpectation).max(50).describe(say(ja, en)).optional();

export const ExpectSchema = z
  .strictObject({
    decision: z
      .enum(['permit', 'deny', 'none'])
      .describe(
        say(
          '情報提供ネットワークシステムの判断。none は判断に至らない',
          'What the gateway decided; `none` if it was not asked',
        ),
      )
      .optional(),
    code: code('エラーコード', 'Error code').optional(),
    reasons: z
      .array(code('理由', 'Reason'))
      .min(1)
      .describe(say('拒否の理由すべて（順不同）', 'All reasons of a denial, in any order'))
      .optional(),
    item: itemNumber().optional(),
    list: z.string().describe(say('照合リスト', 'The permission list')).optional(),
    ground: z
      .string()
      .min(1)
      .describe(say('法的根拠に含まれる語', 'Words that the legal ground contains'))
      .optional(),
    nearest: z
      .array(itemNumber())
      .describe(say('近い項', 'Items of the nearest that the list allows'))
      .optional(),
    status: z
      .enum([
        'provided',
        'no_record',
        'refused',
        'pending',
        'denied',
        'open',
        'lapsed',
        'not_made',
        'requested',
        'entered',
        'reviewed',
        'returned',
        'approved',
        'declined',
        'accepted',
        'logged_in',
        'password_due',
      ])
      .describe(
        say(
          '照会の状態。not_made はノードが照会を行わなかった、accepted は電文が受理された、password_due はパスワードの変更が必要',
          'State of the inquiry; not_made: the node made none; accepted: the message was taken; password_due: logged in, but a new password is wanted',
        ),
      )
      .optional(),
    reason: z
      .enum(['restricted', 'review_declined', 'review_lapsed'])
      .describe(say('情報提供者の拒否の理由', 'Why the provider refused'))
      .optional(),
    answer: z
      .union([
        z.literal('none'),
        z.strictObject({
          layoutVersion: z.string().optional(),
          count: z.int().min(0).describe(say('記録の数', 'How many records')).optional(),
          fields: z
            .array(CopyRecord)
            .describe(
              say(
                '記録ごとの項目（書いたものだけを比べる）',
                'Items of each record; only those that are written are compared',
              ),
            )
            .optional(),
        }),
      ])
      .describe(say('開封された回答', 'The opened answer'))
      .optional(),
    records: z
      .strictObject({
        gateway: records('情報提供ネットワークシステム', 'At the gateway'),
        inquirer: records('情報照会者', 'At the inquirer'),
        provider: records('情報提供者', 'At the provider'),
      })
      .describe(
        say(
          'この手順で三者が残した記録。共通する事項は一致しなければならない（番号法23条）',
          'What each party recorded in this step; where they record the same, they must agree',
        ),
      )
      .optional(),
    messages: z
      .array(z.string().regex(/^[a-z-]+( [^\s]+→[^\s]+)?$/u))
      .max(100)
      .describe(
        say(
          'この手順で流れた電文（permit-request、または permit-request 松江市→gateway）',
          'Messages that travelled in this step, in order: permit-request, or permit-request matsue→gateway',
        ),
      )
      .optional(),
    contains: z
      .array(z.record(z.string(), z.json()))
      .min(1)
      .max(20)
      .describe(
        say(
          'call の応答のどこかにあるもの（書いた項目だけを比べる）',
          'What is somewhere in the answer to a call; only the members that are written are compared',
        ),
      )
      .optional(),
    lacks: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(20)
      .describe(
        say('call の応答のどこにもない語', 'Words that are nowhere in the answer to a call'),
      )
      .optional(),
    waiting: z
      .int()
      .min(0)
      .describe(say('確認待ちの件数', 'Requests that wait for review at the provider'))
      .optional(),
  })
  .refine(({ decision, code }) => decision !== 'deny' || code !== undefined, {
    path: ['code'],
    error: say('拒否はコードで期待する', 'a denial is expected by its code'),
  })
  .describe(say('期待する結果', 'What is expected'));

export type Expect = z.output<typeof ExpectSchema>;
export type RecordExpect = z.output<typeof RecordExpectation>;
