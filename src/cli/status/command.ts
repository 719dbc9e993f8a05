import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { KeptView } from '../../protocol/node-api/retention.ts';
import { StatusView } from '../../protocol/node-api/status.ts';
import { operating, writeJson } from '../control/group.ts';
import { callerOf, callNode } from '../node/call-node.ts';
import { CliFailure } from '../output/cli-failure.ts';
import { type Paint, paintFor } from '../output/style.ts';
import { theRunning } from '../query/find-network.ts';
import { unreachable } from '../query/unreachable.ts';
import { gatewayText, overview, statusText } from './print.ts';

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
      .option(
        '--agency <code|name>',
        '機関、または gateway。省くとすべて / whose node, or gateway; all of them if left out',
      ),
  ).action(async ({ agency, running, json }: Options) => {
    const paint = paintFor(process.stdout);
    if (agency === GATEWAY) {
      const { gateway, answer } = await gatewayStatus(running);
      return json ? writeJson(answer) : void process.stdout.write(gatewayText(gateway, paint));
    }
    const agencies =
      agency === undefined
        ? theRunning(running).running.agencies.map(({ code }) => code)
        : [agency];
    const nodes = await Promise.all(
      agencies.map(async (named) => {
        const caller = callerOf({ agency: named, as: 'tanto', running });
        const answer = await callNode(caller, '/v1/status');
        return { name: caller.agency.name, answer, status: fitted(StatusView, answer) };
      }),
    );
    const [only] = nodes;
    if (json)
      return writeJson(agency === undefined ? nodes.map(({ answer }) => answer) : only?.answer);
    process.stdout.write(
      agency !== undefined && only
        ? statusText(only.status, only.name, paint)
        : (await aboutGateway(running, paint)) + overview(nodes, paint),
    );
  });

async function gatewayStatus(runningFile: string | undefined) {
  const { running, path } = theRunning(runningFile);
  const reply = await fetch(`${running.gateway}/v1/status`).catch((cause: unknown) => {
    throw unreachable(running.gateway, path, cause);
  });
  const answer: unknown = await reply.json();
  return { gateway: fitted(KeptView, answer), answer };
}

/** A gateway that is down says nothing; the nodes are there all the same. */
const aboutGateway = (running: string | undefined, paint: Paint): Promise<string> =>
  gatewayStatus(running).then(
    ({ gateway }) => gatewayText(gateway, paint),
    (error: unknown) => {
      if (!(error instanceof CliFailure)) throw error;
      return `${paint('red', 'gateway: 接続できません unreachable')}\n`;
    },
  );
