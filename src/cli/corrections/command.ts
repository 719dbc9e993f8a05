import { Command } from 'commander';
import { CorrectionView, corrections } from '../../protocol/node-api/corrections.ts';
import { inJapan } from '../control/clock-command.ts';
import { group, writeJson, writeLine } from '../control/group.ts';
import { type AtNode, atNode, callerAt } from '../copies/at-node.ts';
import { callNode } from '../node/call-node.ts';
import { type FactOptions, factsOf, withFacts } from './facts.ts';

const STATES: Readonly<Record<CorrectionView['state'], string>> = {
  requested: '本人の求め requested',
  proposed: '起案済み proposed',
  approved: '訂正済み corrected',
  declined: '却下 declined',
};

/** `renkei corrections`: corrections of an agency’s own records, by two people (R-702, 番号法31条). */
export const correctionsCommand = (): Command =>
  group('corrections', '記録の訂正を扱う / correct an agency’s records, by two people', [
    listCommand(),
    proposeCommand(),
    stepCommand(
      'take-up',
      '本人の求めを取り上げ、起案する / take up what the person asks for',
      'tanto',
    ),
    stepCommand(
      'approve',
      '別の職員が承認し、関係者に通知する / approve: it is told to all',
      'jocho',
    ),
    stepCommand('decline', '別の職員が却下する / turn it down', 'jocho'),
  ]);

const listCommand = (): Command =>
  atNode(new Command('list').description('訂正の一覧 / all of them')).action(
    async (options: AtNode) => {
      const answer = await callNode(callerAt(options), corrections.list.path);
      if (options.json) return writeJson(answer);
      const listed = corrections.list.responses[200].parse(answer).corrections;
      if (listed.length === 0) writeLine('訂正はありません / no corrections');
      for (const each of listed) writeLine(lineOf(each));
    },
  );

const proposeCommand = (): Command =>
  withFacts(
    atNode(
      new Command('propose')
        .description('この機関の記録の訂正を起案する / propose what a record should say')
        .argument('<exchange>', '交換の番号 / the exchange'),
    ),
  ).action(async (exchange: string, options: AtNode & FactOptions) => {
    const body = { exchange, facts: factsOf(options) };
    tell(options, await callNode(callerAt(options), corrections.propose.path, body));
  });

const stepCommand = (name: 'take-up' | 'approve' | 'decline', about: string, as: string): Command =>
  atNode(
    new Command(name)
      .description(about)
      .argument('<id>', '訂正の番号 / as `corrections list` shows it'),
    as,
  ).action(async (id: string, options: AtNode) => {
    const path = `${corrections.list.path}/${encodeURIComponent(id)}/${name}`;
    tell(options, await callNode(callerAt(options), path, {}));
  });

function tell({ json }: AtNode, answer: unknown): void {
  if (json) writeJson(answer);
  else writeLine(lineOf(CorrectionView.parse(answer)));
}

const lineOf = (it: CorrectionView): string =>
  [
    it.id,
    STATES[it.state],
    inJapan(it.createdAt).slice(0, 16).replace('T', ' '),
    `${it.inquirer}→${it.provider}`,
    JSON.stringify(it.facts),
    [it.proposedBy, it.decidedBy].filter(Boolean).join('、'),
    it.state === 'approved' && !it.told ? '通知待ち not told yet' : '',
  ]
    .join('  ')
    .trimEnd();
