import { Command } from 'commander';
import {
  type AuditedLogs,
  type AuditFinding,
  auditLogs,
} from '../../compliance/audit/audit-logs.ts';
import { exportLines } from '../../compliance/audit/read-export.ts';
import { RULE_FAULTS } from '../../protocol/log/exchange-rules.ts';
import { keepMonths, LEAST_KEEP } from '../../protocol/log/keep-period.ts';
import { LOG_FAULTS } from '../../protocol/log/log-invalid.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { usage } from '../output/cli-failure.ts';
import { progressBar } from '../output/progress-bar.ts';
import { keysBeside, logFiles } from './files.ts';
import { keysOf, readKeys } from './keys.ts';

interface Options {
  readonly key?: string;
  readonly since?: string;
  readonly until?: string;
  readonly keep?: string;
  readonly json?: boolean;
}

/** Damage was found. */
const DAMAGED = 4;
const SHOWN = 50;

/** `renkei log verify` and `renkei log audit`: exports against themselves, and against one another; offline. */
export const verifyCommand = (): Command =>
  checking('verify', '<file>', '一つのログを検証する / verify one log, offline');
export const auditCommand = (): Command =>
  checking(
    'audit',
    '<paths...>',
    '三者の記録を突き合わせる / hold the logs of all parties against one another',
  )
    .option('--since <instant>', 'この時刻からの交換 / exchanges from this instant on, ISO 8601')
    .option('--until <instant>', 'この時刻までの交換 / until this instant');

const checking = (name: string, argument: string, about: string): Command =>
  new Command(name)
    .description(about)
    .argument(argument, 'renkei log export の書き出し / exports, or their folder')
    .option('--key <key|file>', '検証鍵（既定は横の keys.txt）/ verifier key, or a file of them')
    .option(
      '--keep <period>',
      '保存期間。これより早く消えた内容は損傷 / how long content has to be kept, ISO 8601',
      LEAST_KEEP,
    )
    .option('--json', 'JSON で出す / as JSON')
    .addHelpText('after', '\n終了コード 0 正しい、4 損傷あり。 Exit code 0 sound, 4 damaged.')
    .action(async (paths: string | string[], options: Options) => {
      await check([paths].flat(), options);
    });

async function check(paths: readonly string[], options: Options): Promise<void> {
  const files = await logFiles(paths);
  const [first] = files;
  const keys = await readKeys(options.key ?? (first ? keysBeside(first) : ''));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const bar = progressBar(process.stderr, { unit: '行', scale: 1 });
  const logs = files.map(({ party, file }) => ({
    party,
    keys: keysOf(keys, party),
    lines: exportLines(file),
  }));
  const found = await auditLogs(logs, {
    since: instant('--since', options.since),
    until: instant('--until', options.until),
    keepMonths: months(options.keep),
    // About so long is a line; both passes read them all.
    progress: (lines) => bar.update(lines, Math.max(lines, Math.round((2 * bytes) / 600))),
  }).finally(() => bar.end());
  if (options.json) writeJson(found);
  else for (const line of wordsOf(found)) writeLine(line);
  if (!found.ok) process.exitCode = DAMAGED;
}

function months(period: string | undefined): number | undefined {
  if (period === undefined) return undefined;
  const found = keepMonths(period);
  if (found !== undefined) return found;
  throw usage(`--keep ${period} は期間ではありません`, `--keep ${period} is no period`, {
    ja: '例 P7Y、P7Y6M',
    en: 'such as P7Y or P7Y6M',
  });
}

function instant(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  if (Number.isFinite(at)) return at;
  throw usage(`${name} が日時ではありません`, `${name} is no instant`, {
    ja: '例 2026-11-22T09:00:00+09:00',
    en: 'such as 2026-11-22T09:00:00+09:00',
  });
}

function* wordsOf({ ok, logs, exchanges, findings, first }: AuditedLogs): Generator<string> {
  for (const { party, size, pruned } of logs) {
    yield `${party}: ${size} 件の記録 records${pruned > 0 ? `（うち期限切れ pruned ${pruned}）` : ''}`;
  }
  yield `${exchanges} 件の交換 exchanges`;
  if (ok) {
    yield '✓ 改変は見つかりません / sound: nothing was altered';
    return;
  }
  if (first)
    yield `✗ ${first.party} の ${first.index} 番目の記録から信じられません / not to be believed from record ${first.index} of ${first.party} on (${first.kind})`;
  for (const finding of findings.slice(0, SHOWN)) yield `  ${oneOf(finding)}`;
  if (findings.length > SHOWN) yield `  … ${findings.length - SHOWN} more`;
}

function oneOf({ party, kind, index, from, to, exchange, record }: AuditFinding): string {
  const words = { ...LOG_FAULTS, ...RULE_FAULTS }[kind];
  const place =
    index !== undefined ? ` ${index}` : from !== undefined ? ` ${from}–${to ?? ''}` : '';
  const about = exchange === undefined ? '' : ` ${record ?? ''} ${exchange}`;
  return `${party}${place}: ${words[0]} / ${words[1]}${about}`;
}
