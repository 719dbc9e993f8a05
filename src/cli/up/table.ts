import Table from 'cli-table3';
import type { RunningFile } from '../../network/running-file.ts';
import type { Paint } from '../output/style.ts';
import type { Try } from './try-next.ts';

/** What is told when everything is ready. */
export interface Ready {
  readonly running: RunningFile;
  readonly runningFile: string;
  readonly seconds: number;
  readonly megabytes: number;
  readonly seed: string;
  readonly clock: string;
  readonly tries: readonly Try[];
}

/** Everything about a network that has started, for people. */
export function readyText(ready: Ready, paint: Paint): string {
  const { running, tries } = ready;
  const lines = [partyTable(running), '', ...factsOf(ready, paint)];
  if (tries.length > 0) {
    lines.push('', paint('bold', 'お試しください / try, in another terminal'));
    for (const { ja, en, command } of tries) {
      lines.push(`  ${paint('dim', `# ${ja} / ${en}`)}`, `  ${command}`);
    }
  }
  lines.push('', paint('dim', 'Ctrl-C で停止 / Ctrl-C stops it'), '');
  return lines.join('\n');
}

function partyTable({ agencies, gateway, registry, control }: RunningFile): string {
  const table = new Table({
    head: ['機関 party', 'アドレス address', '役割 role'],
    style: { head: [], border: [], compact: true },
  });
  table.push(
    ['情報提供ネットワークシステム', gateway, 'gateway'],
    ['住民基本台帳ネットワーク（代役）', registry, 'registry'],
    ['コンソール', control, 'console, control plane'],
    ...agencies.map(({ code, name, roles, url }) => [`${code} ${name}`, url, roles.join('、')]),
  );
  return table.toString();
}

function factsOf({ running, runningFile, seconds, megabytes, seed, clock }: Ready, paint: Paint) {
  const clockText = clock === 'system' ? '実際の時刻 system' : clock;
  const facts = [
    ['準備完了 ready', `${seconds.toFixed(2)} s`],
    ['メモリー memory', `${megabytes} MB`],
    ['種 seed', seed],
    ['時計 clock', clockText],
    ['宛名番号 address numbers', addressNumbersOf(running)],
    ['データ data', running.data ?? 'メモリー内 in memory'],
    ['接続情報 running file', runningFile],
  ] as const;
  return facts.map(
    ([name, value], at) => `${paint(at === 0 ? 'green' : 'dim', `${name}:`)} ${value}`,
  );
}

/** One for each agency and in their order: where they stand in a row, the first and the last say it all. */
function addressNumbersOf({ agencies }: RunningFile): string {
  const urls = agencies.map(({ addressNumbers }) => new URL(addressNumbers.url));
  const ports = urls.map(({ port }) => Number(port));
  const first = ports[0] ?? 0;
  const row = ports.every((port, at) => port === first + at);
  const { hostname = '' } = urls[0] ?? {};
  if (!row) return '接続情報を見てください see the running file';
  return ports.length === 1
    ? `http://${hostname}:${first}`
    : `http://${hostname}:${first}–${ports.at(-1)}`;
}

/** The same for programs, one line; without tokens, which stay in the running file. */
export function readyJson({ running, runningFile, seconds, megabytes, seed, clock }: Ready) {
  const { pid, started, config, data, control, gateway, registry, agencies } = running;
  return JSON.stringify({
    ...{ ready: true, pid, started, readyMs: Math.round(seconds * 1000), rssMb: megabytes },
    ...{ seed, clock, config, data, running: runningFile, control, gateway, registry },
    agencies: agencies.map(({ code, name, roles, url }) => ({ code, name, roles, url })),
  });
}
