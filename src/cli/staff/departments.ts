import { Command } from 'commander';
import { fitted } from '../../client/call/read-answer.ts';
import { departments } from '../../protocol/node-api/staff.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { usage } from '../output/cli-failure.ts';
import { affairsIn } from './change.ts';
import { departmentsText } from './print.ts';

interface Options extends AtNode {
  readonly name?: string;
  readonly affair?: readonly string[];
}

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** `renkei staff departments`: departments and their affairs, or one made or changed. */
export const departmentsCommand = (): Command =>
  atNode(
    new Command('departments')
      .description(
        '部署の一覧、または登録と変更 / departments and their affairs; with a code, change one',
      )
      .argument('[code]')
      .option('--name <text>', '名称 / name')
      .option(
        '--affair <code|name|all>',
        '所掌する事務（複数可） / affairs, more than once',
        several,
      ),
    'kanri',
  ).action(async (code: string | undefined, options: Options) => {
    const caller = callerAt(options);
    if (code !== undefined) {
      const { name, affair } = options;
      if (name === undefined || affair === undefined) {
        throw usage('--name と --affair を指定してください', '--name and --affair are needed');
      }
      const entry = { name, affairs: affairsIn(affair) };
      await callNode(caller, `/v1/departments/${encodeURIComponent(code)}`, entry);
    }
    const answer = await callNode(caller, '/v1/departments');
    if (options.json) return writeJson(answer);
    process.stdout.write(
      departmentsText(fitted(departments.list.responses[200], answer).departments),
    );
  });
