import type { Network } from '../../network/network.ts';
import { type Examples, examples } from '../../network/world/examples.ts';
import { KINDS } from '../../network/world/layouts.ts';
import { shellWord } from '../output/style.ts';

export interface Try {
  readonly ja: string;
  readonly en: string;
  readonly command: string;
}

/** The pair of the documents, if it takes part. */
const FAVOURITE = ['32201', '11202'] as const;
/** Looking further would take longer than it is worth. */
const MOST_AGENCIES = 8;
const ITEM = '25';

/**
 * Inquiries to try, with residents of this network’s own world: one that is answered, one that the law does
 * not allow, one that waits for review, and one about somebody whom the provider has no code for.
 * @param renkei how this command line is called
 * @param more options that each command needs, to find this network
 */
export function triesFor(network: Network, renkei: string, more: readonly string[]): Try[] {
  const found = pairOf(network);
  if (!found) return [];
  const { from, to, residents } = found;
  const command = (information: string, resident: string): string =>
    [
      renkei,
      ...['query', '--from', from, '--to', to, '--item', ITEM],
      ...['--information', information, '--resident', resident, ...more].map(shellWord),
    ].join(' ');
  const { ordinary, autoResponseDisabled, noCodeAtProvider } = residents;
  const one = (ja: string, en: string, resident: string | undefined, kind: string): Try[] =>
    resident === undefined ? [] : [{ ja, en, command: command(kind, resident) }];
  return [
    ...one('提供される照会', 'answered', ordinary, KINDS.vaccination),
    ...one('法が許さない照会', 'not allowed by the law', ordinary, KINDS.localTax),
    ...one('職員の確認を待つ照会', 'waits for review', autoResponseDisabled, KINDS.vaccination),
    ...one('提供者に識別符号がない人', 'no code there', noCodeAtProvider, KINDS.vaccination),
  ];
}

function pairOf({ world, config }: Network) {
  const codes = config.agencies.slice(0, MOST_AGENCIES).map(({ code }) => code);
  const pairs = codes.flatMap((from) => codes.map((to): [string, string] => [from, to]));
  for (const [from, to] of [FAVOURITE, ...pairs]) {
    if (from === to || !world.agencies.has(from) || !world.agencies.has(to)) continue;
    const residents: Examples = examples(world, from, to);
    if (residents.ordinary !== undefined) return { from, to, residents };
  }
  return undefined;
}
