import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { PruningView } from '../../protocol/node-api/retention.ts';
import { inJapan } from '../control/clock-command.ts';
import { writeJson, writeLine } from '../control/group.ts';
import type { AtNode } from '../copies/at-node.ts';
import { askLog, atLog } from './at-log.ts';

const MORE = `
時刻は、自分の時計と、他の当事者が確かめた最後の時刻の早い方。ゲートウェイでは最後の照会、中間サーバーでは署名された機関名簿がそれに当たる。
Time is the lesser of the party’s clock and the last that another party vouched for: at the gateway the last inquiry,
at a node the signed directory.`;

/** `renkei log prune`: what the clock does by itself, now; or only what it would do (番号法施行令29条). */
export const pruneCommand = (): Command =>
  atLog(
    new Command('prune')
      .description(
        '保存期間を過ぎた記録の内容を消す / delete the content of records whose time is over',
      )
      .option('--dry-run', '消さずに、消えるものを数える / only count what would go'),
    'kanri',
  )
    .addHelpText('after', MORE)
    .action(async (options: AtNode & { readonly dryRun?: boolean }) => {
      const dryRun = options.dryRun === true;
      const answer = await askLog(options, '/prune', { dryRun });
      if (options.json) return writeJson(answer);
      const { before, pruned, held, unfinished, younger, others } = fitted(PruningView, answer);
      writeLine(`${inJapan(before).slice(0, 10)} より前の記録 / records from before that day:`);
      writeLine(dryRun ? `  消える would go: ${pruned}` : `  消した deleted: ${pruned}`);
      if (held > 0) writeLine(`  保全中 held: ${held}`);
      if (unfinished > 0) writeLine(`  交換が未完了 exchange not finished: ${unfinished}`);
      if (younger > 0)
        writeLine(`  同じ交換に期間内の記録 younger record in the exchange: ${younger}`);
      if (others > 0) writeLine(`  操作ログなど operation log and the like: ${others}`);
    });
