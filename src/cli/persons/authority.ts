import { Command, Option } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { GrantsView } from '../../protocol/persons-api/authority.ts';
import { writeJson, writeLine } from '../control/group.ts';
import { callNode } from '../node/call-node.ts';
import { type AtPersons, atPersons, personsCaller } from './at-persons.ts';
import { grantsText } from './print.ts';

const several = (value: string, before: readonly string[] = []) => [...before, value];
const kind = () =>
  new Option('--kind <kind>', '職員か業務システムか / staff or business-system')
    .choices(['staff', 'business-system'])
    .default('staff');

/** `renkei persons grants`: who may do what for which affairs. */
export const grantsCommand = (): Command =>
  atPersons(
    new Command('grants').description('利用者と許可の一覧 / callers, and what they may do'),
    'jocho',
  ).action(async (options: AtPersons) => {
    const answer = await callNode(personsCaller(options), '/v1/grants');
    if (options.json) writeJson(answer);
    else process.stdout.write(grantsText(fitted(GrantsView, answer)));
  });

interface GrantOptions extends AtPersons {
  readonly kind: string;
  readonly department: string;
  readonly affair: readonly string[];
  readonly right: readonly string[];
}

/** `renkei persons grant`: gives somebody access, by department, affairs and rights. */
export const grantCommand = (): Command =>
  atPersons(
    new Command('grant')
      .description('許可を与える / let somebody do something for some affairs')
      .argument('<caller>', '利用者 / who')
      .addOption(kind())
      .requiredOption('--department <name>', '所属 / department')
      .requiredOption('--affair <code|name|*>', '事務（複数可） / affairs, more than once', several)
      .requiredOption(
        '--right <right>',
        '機能 find、reverse、show、confirm、register、change、acquire、link、merge（複数可） / rights, more than once',
        several,
      ),
    'jocho',
  ).action(async (caller: string, options: GrantOptions) => {
    const { kind: of, department, affair: affairs, right: rights, json } = options;
    const body = { kind: of, caller, department, affairs, rights };
    const answer = await callNode(personsCaller(options), '/v1/grants', body);
    if (json) writeJson(answer);
    else writeLine(`許可を与えました given: ${Reflect.get(Object(answer), 'id')}`);
  });

interface WithdrawOptions extends AtPersons {
  readonly kind: string;
  readonly all?: string;
}

/** `renkei persons withdraw`: takes a grant, or everything that somebody has, back at once. */
export const withdrawCommand = (): Command =>
  atPersons(
    new Command('withdraw')
      .description('許可を直ちに取り消す / withdraw a grant, or all of somebody, at once')
      .argument('[id]', '許可の番号 / a grant')
      .addOption(kind())
      .option('--all <caller>', 'この利用者のすべて / everything that this caller has'),
    'jocho',
  ).action(async (id: string | undefined, options: WithdrawOptions) => {
    const caller = personsCaller(options);
    const answer =
      options.all === undefined
        ? await callNode(caller, `/v1/grants/${encodeURIComponent(id ?? '')}/withdraw`, {})
        : await callNode(caller, '/v1/grants/withdraw', {
            kind: options.kind,
            caller: options.all,
          });
    if (options.json) writeJson(answer);
    else writeLine(`取り消しました withdrawn: ${Reflect.get(Object(answer), 'withdrawn')}`);
  });
