import Table from 'cli-table3';
import { Command } from 'commander';
import { z } from 'zod';
import { fitted } from '../../client/call/read-answer.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { HoldView } from '../../protocol/node-api/retention.ts';
import { HoldReason } from '../../protocol/record.ts';
import { inJapan } from '../control/clock-command.ts';
import { writeJson, writeLine } from '../control/group.ts';
import type { AtNode } from '../copies/at-node.ts';
import { usage } from '../output/cli-failure.ts';
import { askLog, atLog } from './at-log.ts';

/** A node’s, or the gateway’s, who can tell of a person only that it is one. */
const Hold = HoldView.extend({ person: z.boolean().optional() });
type Hold = z.infer<typeof Hold>;
const Holds = z.strictObject({ holds: z.array(Hold) });

const REASONS: Readonly<Record<HoldReason, string>> = {
  litigation: '訴訟',
  disclosure: '開示請求',
  correction: '訂正請求',
  investigation: '調査',
  audit: '監査',
  incident: '事故',
  other: 'その他',
};
const known = Object.entries(REASONS)
  .map(([reason, words]) => `${reason} ${words}`)
  .join(', ');

interface Placing extends AtNode {
  readonly reason: string;
  readonly exchange?: string;
  readonly person?: string;
  readonly with?: string;
  readonly from?: string;
  readonly until?: string;
}

const MORE = `
指定したすべてに当てはまる記録が、交換ごと残る。解除するまで、期限はない。
Records that everything told is true of stay, whole exchanges, until it is released.

--agency gateway の --person は 機関コード:識別符号。 With --agency gateway, --person is AGENCY:CODE.`;

/** `renkei log hold`: legal hold. Who, when and why are on record; no text is. */
export const holdCommand = (): Command =>
  atLog(
    new Command('hold')
      .description('記録を保存期間の後も残す / hold records beyond their time')
      .requiredOption('--reason <reason>', `理由 / why: ${known}`)
      .option('--exchange <id>', 'この交換 / one exchange')
      .option('--person <number>', '団体内統合宛名番号 / the person, by integrated address number')
      .option('--with <code>', '相手方の機関 / exchanges with this agency')
      .option('--from <date>', 'この日から / from this day on, in Japan')
      .option('--until <date>', 'この日まで / until this day, included'),
    'kansa',
  )
    .addHelpText('after', MORE)
    .action(async (options: Placing) => {
      const { exchange, with: agency, from, until } = options;
      const reason = reasonOf(options.reason);
      const body = { reason, exchange, agency, from, until, ...personOf(options) };
      const answer = await askLog(options, '/holds', body);
      if (options.json) return writeJson(answer);
      writeLine(`保全しました / held: ${fitted(Hold, answer).id}`);
    });

/** `renkei log holds`: those in force, or all that ever were. */
export const holdsCommand = (): Command =>
  atLog(
    new Command('holds')
      .description('保全の一覧 / legal holds')
      .option('--all', '解除したものも / those that were released too'),
    'kansa',
  ).action(async (options: AtNode & { readonly all?: boolean }) => {
    const answer = await askLog(options, '/holds');
    const { holds } = fitted(Holds, answer);
    const wanted = holds.filter(({ releasedAt }) => options.all || releasedAt === undefined);
    if (options.json) return writeJson({ holds: wanted });
    if (wanted.length === 0) return writeLine('保全はありません / there are no holds');
    process.stdout.write(tableOf(wanted));
  });

/** `renkei log release`: lifts a hold. */
export const releaseCommand = (): Command =>
  atLog(
    new Command('release')
      .description('保全を解除する / lift a hold')
      .argument('<id>', 'renkei log holds が示す番号 / as `renkei log holds` shows it'),
    'kansa',
  ).action(async (id: string, options: AtNode) => {
    const answer = await askLog(options, `/holds/${encodeURIComponent(id)}/release`, {});
    if (options.json) return writeJson(answer);
    writeLine(`解除しました / released: ${fitted(Hold, answer).id}`);
  });

function reasonOf(text: string): HoldReason {
  const reason = HoldReason.safeParse(text).data;
  if (reason) return reason;
  throw usage(`理由 ${text} はありません`, `there is no reason ${text}`, { ja: known, en: known });
}

/** A node’s person by number, the gateway’s by an agency’s code. */
function personOf({ agency, person }: Placing): object {
  if (person === undefined) return {};
  if (agency !== GATEWAY) return { integratedAddressNumber: person };
  const [of, code] = person.split(':');
  if (of !== undefined && code !== undefined) return { person: { agency: of, code } };
  throw usage('--person は 機関コード:識別符号', '--person is AGENCY:CODE');
}

function tableOf(holds: readonly Hold[]): string {
  const table = new Table({
    head: ['番号 id', '理由 reason', '対象 on', '保全 placed', '解除 released'],
    style: { head: [], border: [], compact: true },
  });
  for (const hold of holds) {
    const { id, reason, placedAt, placedBy, releasedAt, releasedBy } = hold;
    const released = releasedAt === undefined ? '—' : `${dayOf(releasedAt)} ${releasedBy ?? ''}`;
    const why = `${REASONS[reason]} ${reason}`;
    table.push([id, why, targetOf(hold), `${dayOf(placedAt)} ${placedBy}`, released]);
  }
  return `${table}\n`;
}

const targetOf = ({ exchange, integratedAddressNumber, person, agency, from, until }: Hold) =>
  [
    exchange,
    integratedAddressNumber ?? (person ? '本人 a person' : undefined),
    agency,
    from === undefined && until === undefined ? undefined : `${from ?? ''}〜${until ?? ''}`,
  ]
    .filter((each) => each !== undefined)
    .join('、');

const dayOf = (iso: string): string => inJapan(iso).slice(0, 10);
