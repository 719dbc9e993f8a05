import { Command, Option } from 'commander';
import { media } from '../../protocol/node-api/media.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { placeOf, tellLending } from './lending.ts';

interface ReturnOptions extends AtNode {
  readonly erased: 'yes' | 'no';
  readonly note?: string;
}

/** `renkei media return` */
export const returnCommand = (): Command =>
  atNode(
    new Command('return')
      .description('返却を報告する / give a medium back, and say what became of the data')
      .argument('<lending>', '貸出し / the lending')
      .addOption(
        new Option('--erased <yes|no>', 'データを消去したか / whether the data was erased')
          .choices(['yes', 'no'])
          .makeOptionMandatory(),
      )
      .option(
        '--note <text>',
        'データの扱い（消去していないときは必須） / what became of the data',
      ),
  ).action(async (id: string, options: ReturnOptions) => {
    const { erased, note } = options;
    const told = { erased: erased === 'yes', note };
    const path = placeOf(media.report.path, id);
    tellLending(options, await callNode(callerAt(options), path, told));
  });

/** `renkei media accept` */
export const acceptCommand = (): Command =>
  atNode(
    new Command('accept')
      .description('別の職員が返却を受領する / take back what somebody else gives back')
      .argument('<lending>', '貸出し / the lending'),
    'tanto2',
  ).action(async (id: string, options: AtNode) => {
    const path = placeOf(media.accept.path, id);
    tellLending(options, await callNode(callerAt(options), path, {}));
  });
