import { Command } from 'commander';
import { operating, writeJson } from '../control/group.ts';
import { callerOf, callNode } from '../node/call-node.ts';
import { paintFor } from '../output/style.ts';
import { theRunning } from '../query/find-network.ts';
import { Status } from './answers.ts';
import { overview, statusText } from './print.ts';

interface Options {
  readonly agency?: string;
  readonly running?: string;
  readonly json?: boolean;
}

/** `renkei status`: how one node is, or all of them: copies, keys, what waits. No content, no persons. */
export const statusCommand = (): Command =>
  operating(
    new Command('status')
      .description('中間サーバーの状態を見る / how the nodes are: copies, keys, what waits')
      .option('--agency <code|name>', '機関。省くとすべて / whose node; all of them if left out'),
  ).action(async ({ agency, running, json }: Options) => {
    const agencies =
      agency === undefined
        ? theRunning(running).running.agencies.map(({ code }) => code)
        : [agency];
    const nodes = await Promise.all(
      agencies.map(async (named) => {
        const caller = callerOf({ agency: named, as: 'tanto', running });
        const answer = await callNode(caller, '/v1/status');
        return { name: caller.agency.name, answer, status: Status.parse(answer) };
      }),
    );
    const [only] = nodes;
    if (json)
      return writeJson(agency === undefined ? nodes.map(({ answer }) => answer) : only?.answer);
    const paint = paintFor(process.stdout);
    process.stdout.write(
      agency !== undefined && only
        ? statusText(only.status, only.name, paint)
        : overview(nodes, paint),
    );
  });
