import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parse, YAMLParseError } from 'yaml';
import { fitted } from '../../client/call/read-answer.ts';
import type { ClientKey } from '../../protocol/client-key.ts';
import { SystemView } from '../../protocol/node-api/business-systems.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { mustAgree } from '../node/must-agree.ts';
import { CliFailure, usage } from '../output/cli-failure.ts';
import { paintFor } from '../output/style.ts';
import { readPublicKey, writeNewKey } from './key-file.ts';
import { systemText } from './print.ts';

interface Said extends AtNode {
  readonly name?: string;
  readonly uses?: string;
  readonly asks?: string;
  readonly key?: readonly string[];
  readonly newKey?: string;
  readonly rate?: string;
}

const USES = ['inquire', 'import-copies', 'acquire-codes'];
const EXAMPLE = `
照会の範囲のファイル / a file of what it may ask for (YAML, JSON):
  - affair: 予防接種法による予防接種の実施に関する事務
    information: [予防接種法による予防接種の実施に関する情報]   # または all / or all`;

const all = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
];

const sayable = (command: Command): Command =>
  atNode(
    command
      .option('--uses <functions>', `機能。カンマ区切り / functions: ${USES.join(', ')}`)
      .option('--asks <all|file>', '照会の範囲 / what it may ask for')
      .option('--key <file>', '公開鍵（JWK）。5つまで / public key, up to five times', all)
      .option('--new-key <file>', '鍵を作り、秘密鍵をこのファイルに書く / make one, write it here')
      .option('--rate <perSecond/burst|none>', '要求の上限。例 10/20 / limit of requests'),
    'kanri',
  ).addHelpText('after', EXAMPLE);

export const addCommand = (): Command =>
  sayable(
    new Command('add')
      .description('業務システムを登録する / enter a business system')
      .argument('<id>', '英小文字・数字・._- / a-z, 0-9 and ._-')
      .requiredOption('--name <name>', '名称 / its name'),
  ).action(async (id: string, options: Said) => {
    const { name = '' } = options;
    const given = { uses: ['inquire'], asks: 'all', keys: [], ...(await saidIn(options)) };
    const { rate, ...entry } = given;
    const body = { id, name, ...entry, ...(rate && { rate }) };
    tellOf(options, await callNode(callerAt(options), '/v1/business-systems', body));
  });

export const changeCommand = (): Command =>
  sayable(
    new Command('change')
      .description(
        '変更する。次の要求から効く / change an entry; it counts from the next request on',
      )
      .argument('<id>')
      .option('--name <name>', '名称 / its name')
      .option('--state <enabled|disabled>', '停止と再開 / stop it, or let it go on'),
  ).action(async (id: string, options: Said & { readonly state?: string }) => {
    const { name, state } = options;
    const body = {
      ...(name !== undefined && { name }),
      ...(state !== undefined && { state }),
      ...(await saidIn(options)),
    };
    if (Object.keys(body).length === 0) throw usage('変えるものがありません', 'nothing to change');
    const path = `/v1/business-systems/${encodeURIComponent(id)}/change`;
    tellOf(options, await callNode(callerAt(options), path, body));
  });

export const revokeCommand = (): Command =>
  atNode(
    new Command('revoke')
      .description('失効させる。元には戻せない / end its access at once and for good')
      .argument('<id>')
      .option('--yes', '確かめずに行う / do not ask'),
    'kanri',
  ).action(async (id: string, options: AtNode & { readonly yes?: boolean }) => {
    const caller = callerAt(options);
    const path = `/v1/business-systems/${encodeURIComponent(id)}`;
    if (!options.yes) {
      process.stdout.write(
        systemText(fitted(SystemView, await callNode(caller, path)), paintFor(process.stdout)),
      );
      await mustAgree('renkei systems show ID');
    }
    tellOf(options, await callNode(caller, `${path}/revoke`, {}));
  });

/** What is said with options, as the node takes it. @throws CliFailure */
async function saidIn({ uses, asks, key, newKey, rate }: Said) {
  const keys: ClientKey[] = await Promise.all((key ?? []).map(readPublicKey));
  if (newKey !== undefined) keys.push(await writeNewKey(newKey));
  return {
    ...(uses !== undefined && { uses: uses === '' ? [] : uses.split(',') }),
    ...(asks !== undefined && { asks: asks === 'all' ? asks : asksIn(asks) }),
    ...(keys.length > 0 && { keys: keys.map((each) => ({ ...each })) }),
    ...(rate !== undefined && { rate: rateOf(rate) }),
  };
}

function asksIn(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    const [at] = cause.linePos ?? [];
    const place = at ? `${path}:${at.line}:${at.col}` : path;
    const finding = { place, ja: 'YAML として読めません', en: 'This is no YAML' };
    throw new CliFailure('file_invalid', { findings: [finding] }, { cause });
  }
}

function rateOf(text: string): { perSecond: number; burst: number } | null {
  if (text === 'none') return null;
  const [, perSecond, burst] = /^([0-9.]+)\/([0-9]+)$/.exec(text) ?? [];
  if (perSecond !== undefined) return { perSecond: Number(perSecond), burst: Number(burst) };
  throw usage('--rate は 10/20 のように書きます', '--rate is written like 10/20', {
    ja: '1秒当たりの回数/一度に許す回数、または none',
    en: 'requests a second/requests at once, or none',
  });
}

function tellOf({ json }: AtNode, answer: unknown): void {
  if (json) writeJson(answer);
  else process.stdout.write(systemText(fitted(SystemView, answer), paintFor(process.stdout)));
}
