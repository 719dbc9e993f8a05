import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { InquiryView } from '../../protocol/node-api/inquiries.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { askOf, type QueryOptions } from '../query/options.ts';
import { inquiryText } from './print.ts';

const MORE = `
業務システムとしての照会はすぐに行われる。職員（--as tanto）の照会は上長の承認を待つ。
As a business system it is asked at once; as staff (--as tanto) it waits for a supervisor:
  renkei inquiries approve ID --agency CODE --as jocho`;

/** `renkei inquiries ask`: an inquiry by a business system, or by staff at a terminal. */
export const askCommand = (): Command =>
  atNode(
    new Command('ask')
      .description('照会する / make an inquiry')
      .requiredOption('--to <code>', '情報提供者の機関コード / provider')
      .option('--item <number>', '項 / item of the permission list, e.g. 25')
      .option('--affair <name|code>', '事務 / affair, instead of the item')
      .requiredOption('--information <name|code>', '特定個人情報 / kind of information')
      .requiredOption('--resident <number>', '団体内統合宛名番号 / integrated address number')
      .option('--from-date <date>', '対象期間の始め / period, YYYY-MM-DD')
      .option('--until-date <date>', '対象期間の終わり / period, YYYY-MM-DD')
      .option('--non-disclosable', '本人に開示しない / the person is not to be told of it')
      .option('--id <id>', '照会番号。同じ番号なら二重にならない / id: never asked twice'),
    'gyomu',
  )
    .addHelpText('after', MORE)
    .action(async (options: AtNode & Omit<QueryOptions, 'from'>) => {
      const caller = callerAt(options);
      const ask = askOf({ ...options, from: caller.agency.code }, caller.found.running.agencies);
      const answer = await callNode(caller, '/v1/inquiries', ask);
      if (options.json) writeJson(answer);
      else process.stdout.write(inquiryText(fitted(InquiryView, answer), paintFor(process.stdout)));
    });
