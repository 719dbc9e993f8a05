import { RenkeiError } from '../../protocol/errors.ts';
import type { Watched } from '../network.ts';

/**
 * The first card of whoever an agency knows by this number: its serial, by which the registry knows those that came after.
 * @param agency whose number it is; may be left out where one agency alone has given it out
 * @throws RenkeiError not_found, message_malformed when several agencies have
 */
export function firstCardOf(network: Watched, number: string, agency?: string): string {
  const systems = [...network.addressNumbers].filter(
    ([code]) => agency === undefined || code === agency,
  );
  const holders = new Set(
    systems.flatMap(([, { system }]) => {
      const { read } = system.store;
      const current = read.person(number)?.mergedInto ?? number;
      return read.individualNumberOf(current) ?? [];
    }),
  );
  if (holders.size > 1) {
    throw new RenkeiError('message_malformed', {
      ja: '複数の機関にある統合宛名番号です',
      en: 'Several agencies have this integrated address number',
      hint: { ja: 'agency でどの機関の番号か示してください', en: 'Say whose it is, with `agency`' },
    });
  }
  const [holder] = holders;
  const first = holder === undefined ? undefined : network.cards.firstOf(holder);
  if (first !== undefined) return first;
  throw new RenkeiError('not_found', {
    ja: 'その統合宛名番号の住民はいません',
    en: 'No resident has this integrated address number',
    hint: {
      ja: '`renkei up` が示した住民か、GET /v1/examples の住民を使ってください',
      en: 'Use a resident that `renkei up` printed, or one of GET /v1/examples',
    },
  });
}
