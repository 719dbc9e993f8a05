import { z } from 'zod';
import { say } from '../../network/config/say.ts';
import { FAULT_ACTIONS } from '../../network/faults/fault.ts';
import { MESSAGE_KINDS } from '../../network/faults/message-kinds.ts';
import { FORGERIES } from '../../service/sqlite/forge-log.ts';
import { alias, code, duration } from './fields.ts';

/** What goes wrong between the parties of a scenario, by accident (fault) or on purpose (tamper). */

const earlier = () => alias('前の手順の id', 'The id of an earlier step');
const message = () =>
  z
    .enum(MESSAGE_KINDS as readonly [string, ...string[]], {
      error: say(
        `電文の種類: ${MESSAGE_KINDS.join('、')}`,
        `a kind of message: ${MESSAGE_KINDS.join(', ')}`,
      ),
    })
    .describe(say('電文の種類', 'Kind of message'));
const end = () => alias('機関、gateway または registry', 'An agency, gateway or registry');
const times = z.int().min(1).max(1000).describe(say('回数', 'How many times'));

const isWhole = (it: {
  readonly action: string;
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly delaySeconds?: number | undefined;
}): boolean =>
  (it.action === 'answer') === (it.code !== undefined) &&
  (it.action !== 'answer' || it.message !== undefined) &&
  (it.action === 'delay') === (it.delaySeconds !== undefined);

export const fault = z
  .union([
    z.literal('clear'),
    z.strictObject({
      message: message().optional(),
      from: end().optional(),
      to: end().optional(),
      leg: z.enum(['request', 'reply']).optional(),
      action: z.enum([...FAULT_ACTIONS, 'answer']),
      delaySeconds: z.number().min(0).optional(),
      code: code('answer の場合の応答', 'What is answered, with `answer`').optional(),
      times: times.optional(),
    }),
    z.strictObject({ storage: z.literal('gateway'), action: z.enum(['full', 'broken']) }),
  ])
  .refine((it) => it === 'clear' || 'storage' in it || isWhole(it), {
    error: say(
      'answer には message と code が、delay には delaySeconds が要り、他には使えない',
      '`answer` needs message and code, `delay` needs delaySeconds; nothing else has them',
    ),
  })
  .describe(
    say(
      '障害（clear まで続く）。drop 失われる、refuse 接続できない、duplicate 二度届く、corrupt 文字が化ける、delay 遅れる、reorder 順序が変わる、answer 途中の機器が応答する。storage は保存領域の障害',
      'A fault until `clear`: drop, refuse, duplicate, corrupt, delay, reorder, answer (something on the way answers); or a storage that is full or broken',
    ),
  );

export const tamper = z
  .strictObject({
    message: message(),
    action: z.enum(['alter', 'replay', 'redirect', 'delay']),
    of: earlier()
      .describe(
        say(
          'この手順で流れた電文をいま送る。省くと、次に流れる電文を途中で変える',
          'Sends a message of that step now; left out: meddles with the next one on its way',
        ),
      )
      .optional(),
    claims: z
      .record(z.string(), z.unknown())
      .describe(
        say(
          '変える項目。null は除く。now、now+5m は時刻、new は新しい番号',
          'Claims to change; null takes one out; now, now+5m are times, new is a new id',
        ),
      )
      .optional(),
    signedBy: end()
      .describe(
        say(
          '署名し直す者。省くと署名はそのまま',
          'Who signs anew; left out: the old signature stays',
        ),
      )
      .optional(),
    sealed: z
      .enum(['flip', 'remove'])
      .describe(say('封をした部分を変える', 'What happens to the sealed part'))
      .optional(),
    proof: z
      .enum(['flip', 'remove'])
      .describe(say('記録の証明を変える', 'What happens to the proof of the record'))
      .optional(),
    pad: z.int().min(1).max(67_108_864).describe(say('加えるバイト数', 'Bytes added')).optional(),
    from: end().describe(say('途中で変える電文の発信者', 'Whose message, on its way')).optional(),
    to: end().describe(say('redirect の宛先', 'Where it is redirected to')).optional(),
    by: duration('delay の長さ', 'How long it is delayed').optional(),
  })
  .refine(({ action, by }) => (action === 'delay') === (by !== undefined), {
    path: ['by'],
    error: say('delay には by が要り、他には使えない', '`delay` needs `by`, nothing else has it'),
  })
  .refine(({ action, to }) => (action === 'redirect') === (to !== undefined), {
    path: ['to'],
    error: say(
      'redirect には to が要り、他には使えない',
      '`redirect` needs `to`, nothing else has it',
    ),
  })
  .refine(({ action, of }) => action !== 'replay' || of !== undefined, {
    path: ['of'],
    error: say('replay には of が要る', '`replay` needs `of`'),
  })
  .refine(
    ({ action, claims, signedBy, sealed, proof, pad }) => {
      const altered = [claims, signedBy, sealed, proof, pad].some((change) => change !== undefined);
      return (action === 'alter') === altered;
    },
    {
      error: say(
        'alter には claims、signedBy、sealed、proof、pad のどれかが要り、他には使えない',
        '`alter` needs claims, signedBy, sealed, proof or pad; nothing else has them',
      ),
    },
  )
  .describe(say('一つの電文に手を加える', 'Tampers with one message'));

export const forge = z
  .strictObject({
    log: end().describe(say('だれの記録を', 'Whose log')),
    how: z.enum(FORGERIES).describe(say('どのように', 'How')),
  })
  .describe(
    say(
      '記録の管理者が、ほかに知らせず記録を変える。remove 最後の記録を除く、alter 最後から二つ目を書き換える、fork 最後を別の記録に置き換える',
      'Whoever keeps a log changes it behind the others’ backs: remove the last record, alter the one before it, or fork: others in its place',
    ),
  );

export const trust = z
  .strictObject({
    party: end().describe(say('だれが', 'Who')),
    log: end().describe(say('だれの記録を', 'Whose log')),
  })
  .describe(
    say(
      '運用者が、警報の出た記録を改めて信頼させる',
      'The operator has a party trust a log anew, after an alarm',
    ),
  );
