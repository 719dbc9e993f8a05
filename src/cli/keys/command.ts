import Table from 'cli-table3';
import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { Keys, type KeyView } from '../../protocol/node-api/keys.ts';
import { inJapan } from '../control/clock-command.ts';
import { group, writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';

const STATES: Readonly<Record<KeyView['state'], string>> = {
  announced: '届出中 announced',
  current: '使用中 current',
  retiring: '重複期間 retiring',
  retired: '使用終了 retired',
  revoked: '失効 revoked',
};

/** `renkei keys`: a node’s signing keys. */
export const keysCommand = (): Command =>
  group('keys', '中間サーバーの署名鍵を見る、替える / show and rotate a node’s signing key', [
    showCommand(),
    rotateCommand(),
  ]);

const showCommand = (): Command =>
  atNode(
    new Command('show').description('署名鍵の一覧 / its keys, those of before among them'),
    'kanri',
  ).action(async (options: AtNode) => {
    const answer = await callNode(callerAt(options), '/v1/keys');
    if (options.json) return writeJson(answer);
    process.stdout.write(keysText(fitted(Keys, answer).keys));
  });

const rotateCommand = (): Command =>
  atNode(
    new Command('rotate')
      .description('新しい鍵に替える / make a new key and sign with it')
      .option(
        '--now',
        '前の鍵を直ちに失効させる（漏えいのとき） / revoke the old key at once: it has leaked',
      ),
    'kanri',
  ).action(async (options: AtNode & { readonly now?: boolean }) => {
    const body = { now: options.now === true };
    const answer = await callNode(callerAt(options), '/v1/keys/rotate', body);
    if (options.json) return writeJson(answer);
    const { keys } = fitted(Keys, answer);
    process.stdout.write(keysText(keys));
    if (keys[0]?.state !== 'announced') return;
    process.stdout.write(
      'ゲートウェイに届いていません。届きしだい切り替わります / the gateway has not been reached; it goes on by itself\n',
    );
  });

function keysText(keys: readonly KeyView[]): string {
  const rows = new Table({
    head: ['鍵 key', '状態 state', '使用開始 since', '使用終了 retires', '公開鍵 public key'],
    style: { head: [], border: [], compact: true },
  });
  for (const { kid, x, state, since, retiresAt } of keys) {
    rows.push([kid, STATES[state], timeOf(since), timeOf(retiresAt), x]);
  }
  return `${rows}\n`;
}

const timeOf = (iso: string | undefined): string =>
  iso === undefined ? '—' : inJapan(iso).slice(0, 19).replace('T', ' ');
