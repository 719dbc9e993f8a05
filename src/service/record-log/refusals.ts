import { RenkeiError } from '../../protocol/errors.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';

/** The other side's record was not shown to be in its log. */
export function recordUnproven(cause?: unknown): RenkeiError {
  const why = cause instanceof LogInvalid ? cause : undefined;
  return new RenkeiError(
    'record_unproven',
    {
      ...(why && { ja: why.ja, en: why.en }),
      hint: {
        ja: 'もう一度照会してください。続く場合は、相手方の記録を `renkei log verify` で検証してください',
        en: 'Ask again; if it stays, have the other party’s log verified (`renkei log verify`)',
      },
    },
    { cause },
  );
}

/** The other side's log contradicts what it showed before. */
export const logInconsistent = (origin: string): RenkeiError =>
  new RenkeiError('log_inconsistent', {
    ja: `${origin} の記録が以前に確認したものと矛盾します`,
    en: `The log ${origin} contradicts what it showed before`,
    hint: {
      ja: '警報と証拠は GET /v1/log/alarms にあります。復元が原因と確かめられたときは、改めて信頼できます',
      en: 'GET /v1/log/alarms has the evidence; once it is known that a backup was restored, it can be trusted anew',
    },
  });
