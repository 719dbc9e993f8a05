import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { accessLog } from '../../protocol/persons-api/authority.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { pathWith } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { type AtPersons, atPersons, personsCaller } from './at-persons.ts';
import { logText } from './print.ts';

interface LogOptions extends AtPersons {
  readonly person?: string;
  readonly actor?: string;
  readonly after?: string;
  readonly limit: string;
  readonly verify?: boolean;
}

/** `renkei persons log`: who looked whom up, when, for which affair. Exit 4 for a log that was altered. */
export const logCommand = (): Command =>
  atPersons(
    new Command('log')
      .description('アクセスの記録 / the access log: who looked whom up, when, for which affair')
      .option('--person <number>', '誰について / on whom, by integrated address number')
      .option('--actor <caller>', '誰が / who')
      .option('--after <number>', '続きから / after this line')
      .option('--limit <number>', '件数 / how many', '100')
      .option('--verify', '改ざんがないか確かめる / whether it is as it was written'),
    'kansa',
  ).action(async (options: LogOptions) => {
    const caller = personsCaller(options);
    if (options.verify) return await verify(await callNode(caller, VERIFICATION), options);
    const { person, actor, after, limit, json } = options;
    const path = pathWith('/v1/access-log', { person, actor, after, limit });
    const answer = await callNode(caller, path);
    if (json) return writeJson(answer);
    const { lines } = fitted(accessLog.list.responses[200], answer);
    process.stdout.write(logText(lines));
    const last = lines.at(-1);
    if (last && String(lines.length) === limit) writeLine(`続き more: --after ${last.seq}`);
  });

const VERIFICATION = '/v1/access-log/verification';

async function verify(answer: unknown, { json }: LogOptions): Promise<void> {
  const { lines, pruned, broken } = fitted(accessLog.verify.responses[200], answer);
  const gone = pruned === 0 ? '' : `（うち期限切れ pruned ${pruned}）`;
  if (json) writeJson(answer);
  else if (broken === undefined)
    writeLine(`改ざんはありません / as it was written: ${lines} 行 lines${gone}`);
  else writeLine(`${broken} 行目から合いません / altered from line ${broken} on`);
  if (broken !== undefined) process.exitCode = 4;
}
