import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { businessSystems, SystemView } from '../../protocol/node-api/business-systems.ts';
import { group, writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { addCommand, changeCommand, revokeCommand } from './change.ts';
import { tokenCommand } from './log-in.ts';
import { listText, systemText } from './print.ts';

/** `renkei systems`: the business systems that may connect to a node. */
export const systemsCommand = (): Command =>
  group('systems', '業務システムを扱う / the business systems of a node', [
    listCommand(),
    showCommand(),
    addCommand(),
    changeCommand(),
    revokeCommand(),
    tokenCommand(),
  ]);

const listCommand = (): Command =>
  atNode(new Command('list').description('一覧 / all of them'), 'kanri').action(
    async (options: AtNode) => {
      const answer = await callNode(callerAt(options), '/v1/business-systems');
      if (options.json) writeJson(answer);
      else
        process.stdout.write(listText(fitted(businessSystems.list.responses[200], answer).systems));
    },
  );

const showCommand = (): Command =>
  atNode(
    new Command('show').description('一つを詳しく / one of them').argument('<id>'),
    'kanri',
  ).action(async (id: string, options: AtNode) => {
    const path = `/v1/business-systems/${encodeURIComponent(id)}`;
    const answer = await callNode(callerAt(options), path);
    if (options.json) writeJson(answer);
    else process.stdout.write(systemText(fitted(SystemView, answer), paintFor(process.stdout)));
  });
