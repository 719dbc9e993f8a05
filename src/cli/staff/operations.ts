import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { Anomalies, operationLog } from '../../protocol/node-api/operation-log.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt, pathWith } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { anomaliesText, operationsText } from './print.ts';

interface LogOptions extends AtNode {
  readonly actor?: string;
  readonly person?: string;
  readonly subject?: string;
  readonly operation?: string;
  readonly refused?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly after?: string;
  readonly limit: string;
}

const PERIOD = '日付、または時差付きの日時 / a day in Japan, or an instant with its offset';

/** `renkei staff operations`: the operation log. */
export const operationsCommand = (): Command =>
  atNode(
    new Command('operations')
      .description('操作記録 / the operation log: who did what, when, on whom')
      .option('--actor <user>', '誰が / who')
      .option('--person <number>', '誰について / on whom, by integrated address number')
      .option('--subject <id>', 'どの利用者・業務システムについて / about which user or system')
      .option('--operation <name>', '操作。例 copies.show、log-in / what')
      .option('--refused', '拒まれたものだけ / refusals only')
      .option('--from <time>', PERIOD)
      .option('--until <time>', PERIOD)
      .option('--after <number>', '続きから / after this line')
      .option('--limit <number>', '件数 / how many', '100'),
    'kansa',
  ).action(async (options: LogOptions) => {
    const { actor, person, subject, operation, refused, from, until, after, limit } = options;
    const outcome = refused ? 'refused' : undefined;
    const query = { actor, person, subject, operation, outcome, from, until, after, limit };
    const answer = await callNode(callerAt(options), pathWith('/v1/operations', query));
    if (options.json) return writeJson(answer);
    const { operations } = fitted(operationLog.list.responses[200], answer);
    process.stdout.write(operationsText(operations));
    const last = operations.at(-1);
    if (last && String(operations.length) === limit) {
      process.stdout.write(`続き more: --after ${last.seq}\n`);
    }
  });

interface ReviewOptions extends AtNode {
  readonly from?: string;
  readonly until?: string;
  readonly rule?: string;
}

/** `renkei staff anomalies`: what stands out in it. */
export const anomaliesCommand = (): Command =>
  atNode(
    new Command('anomalies')
      .description(
        '異常な操作。時間外、休日、ログインの失敗、無効・共用の ID、多数の閲覧 / what stands out in the operation log',
      )
      .option('--from <time>', `${PERIOD} (default: 31 days)`)
      .option('--until <time>', PERIOD)
      .option(
        '--rule <name>',
        'out-of-hours, holiday, failed-log-ins, withdrawn-id, shared-id, many-persons',
      ),
    'kansa',
  ).action(async (options: ReviewOptions) => {
    const { from, until, rule } = options;
    const path = pathWith('/v1/anomalies', { from, until, rule });
    const answer = await callNode(callerAt(options), path);
    if (options.json) return writeJson(answer);
    process.stdout.write(anomaliesText(fitted(Anomalies, answer)));
  });
