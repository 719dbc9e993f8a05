import { GATEWAY } from '../../protocol/identifiers.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Outcome } from '../steps/outcome.ts';
import { claimsIn, kindsIn, type Passage, tokenIn } from '../tap/passage.ts';
import type { SeenMessage } from './results.ts';
import type { Stage } from './stage.ts';

/** Everything that is known of a step when it is over. */
export interface Observed extends Omit<Outcome, 'decision'> {
  readonly decision: 'permit' | 'deny' | 'none';
  readonly messages: readonly SeenMessage[];
  readonly records: {
    readonly gateway: readonly ProvisionRecord[];
    readonly inquirer: readonly ProvisionRecord[];
    readonly provider: readonly ProvisionRecord[];
  };
  /** The kind of information that was permitted, by its code. */
  readonly information?: string | undefined;
}

/** Where everything stood when a step began. */
export interface Mark {
  readonly journal: number;
  readonly passages: number;
}

export const markOf = ({ network, tap }: Stage): Mark => ({
  journal: network.journal.last,
  passages: tap.passages.length,
});

/** Adds to a step’s outcome what the parties recorded and what went between them. */
export function observe(stage: Stage, mark: Mark, outcome: Outcome): Observed {
  const statement = statementIn(stage.tap.passages.slice(mark.passages));
  const written = new Map(
    [GATEWAY, ...new Set([...stage.parties.values()].map(({ code }) => code))].map((party) => [
      party,
      stage.newRecords(party),
    ]),
  );
  const of = (party: string | undefined) => written.get(party ?? '') ?? [];
  return {
    ...outcome,
    decision: outcome.decision ?? statement?.decision ?? 'none',
    item: outcome.item ?? statement?.item,
    list: outcome.list ?? statement?.list,
    exchange: outcome.exchange ?? statement?.exchange,
    information: statement?.information,
    messages: messagesSince(stage, mark.journal),
    records: {
      gateway: of(GATEWAY),
      inquirer: of(outcome.inquirer),
      provider: of(outcome.provider),
    },
  };
}

/** The last permit or denial that the gateway sent. */
function statementIn(passages: readonly Passage[]) {
  const passage = passages.findLast((each) => ['permit', 'denial'].includes(kindsIn(each).reply));
  const token = passage?.reply && tokenIn(passage.reply.text);
  if (!passage || token === undefined) return undefined;
  const { jti, item, list, information } = claimsIn(token);
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const decision = kindsIn(passage).reply === 'permit' ? ('permit' as const) : ('deny' as const);
  return {
    decision,
    exchange: text(jti),
    item: text(item),
    list: text(list),
    information: text(information),
  };
}

function messagesSince({ network, nameOf }: Stage, journal: number): SeenMessage[] {
  const messages = network.journal.after(journal, 100_000).flatMap((entry): SeenMessage[] => {
    if (entry.kind !== 'message' && entry.kind !== 'fault') return [];
    const { message = '', sealedDigest, leg } = entry.facts ?? {};
    // Asking for a publication is no message of the protocol; what comes back is.
    if (leg === 'request' && PUBLICATIONS.has(String(message))) return [];
    return [
      {
        at: new Date(entry.at).toISOString(),
        message: entry.kind === 'fault' ? 'fault' : String(message),
        from: nameOf(entry.from),
        to: nameOf(entry.to),
        outcome: entry.outcome,
        ids: entry.ids,
        ...(sealedDigest !== undefined && { sealedDigest: String(sealedDigest) }),
      },
    ];
  });
  return receiptsFirst(messages, nameOf(GATEWAY));
}

/**
 * The gateway hands the provider its receipt and the inquirer the delivery side by side, and which of the two is
 * noted first is chance. They are told in one order (invariant 8): the receipt right after what it is for.
 */
function receiptsFirst(messages: readonly SeenMessage[], gateway: string): SeenMessage[] {
  const told = [...messages];
  for (const [index, provide] of messages.entries()) {
    if (provide.message !== 'provide') continue;
    const receipt = messages.find(
      (each, at) =>
        at > index &&
        each.message === 'receipt' &&
        each.from === gateway &&
        each.to === provide.from,
    );
    if (!receipt) continue;
    told.splice(told.indexOf(receipt), 1);
    told.splice(told.indexOf(provide) + 1, 0, receipt);
  }
  return told;
}

const PUBLICATIONS = new Set(['directory', 'permission-lists', 'permission-list-document']);
