import { RenkeiError } from '../../../protocol/errors.ts';
import type { Allowance, Asks } from '../../../protocol/node-api/business-systems.ts';
import type { Permission } from '../../../protocol/permission/compile.ts';
import { affairOfAsk } from '../affair-of-ask.ts';
import type { AgencyNode } from '../node.ts';
import type { Ask } from '../ports.ts';
import type { Asker } from '../principal.ts';
import { noteRefusal } from './refusals.ts';

/**
 * Whether a business system’s entry takes in what it asks for; staff are judged elsewhere.
 * The refusal is in the operation log, and nothing has reached the gateway.
 * @returns what is asked, its affair named where the entry limits affairs: the gateway then permits that one only
 * @throws RenkeiError not_authorised, with what it may ask for; not_authenticated once it is revoked
 */
export async function entitled(node: AgencyNode, by: Asker, ask: Ask): Promise<Ask> {
  if (by.kind !== 'business-system') return ask;
  const { asks } = node.systems.enabled(by.id);
  if (asks === 'all') return ask;
  const affair = await affairOfAsk(node, ask);
  if (takesIn(asks, affair, ask.information)) return { ...ask, affair };
  const error = outside(node, asks);
  await noteRefusal(node, {
    at: node.clock.now(),
    actorKind: by.kind,
    actor: by.id,
    operation: 'inquiries.ask',
    outcome: 'refused',
    code: error.code,
    person: ask.integratedAddressNumber,
    affair,
    information: ask.information,
  });
  throw error;
}

/** Whether an entry takes in this information for this affair, both by code. */
export const takesIn = (asks: Asks, affair: string | undefined, information: string): boolean =>
  asks === 'all' || asks.some((each) => each.affair === affair && includes(each, information));

const includes = ({ information }: Allowance, code: string): boolean =>
  information === 'all' || information.includes(code);

/** How many affairs a hint names. */
const NAMED = 5;

function outside(node: AgencyNode, asks: readonly Allowance[]): RenkeiError {
  const names = namesIn(node);
  const told = asks.slice(0, NAMED).map(({ affair, information }) => {
    const kinds = information === 'all' ? '' : `: ${information.map(names.kind).join('、')}`;
    return `${names.affair(affair)}${kinds}`;
  });
  const more = asks.length > NAMED ? ` (+${asks.length - NAMED})` : '';
  const may = asks.length === 0 ? '—' : `${told.join('; ')}${more}`;
  return new RenkeiError('not_authorised', {
    ja: 'この業務システムの事務に必要な特定個人情報ではありません',
    en: 'This business system’s affairs don’t need that information',
    hint: { ja: `照会できるもの: ${may}`, en: `It may ask for: ${may}` },
    extensions: { allowed: asks },
  });
}

/** Names of codes, as far as this node’s copy of the lists tells them. */
function namesIn(node: AgencyNode) {
  let lists: Permission['lists'] = [];
  try {
    ({ lists } = node.lists.at(node.clock.now()));
  } catch {
    // A stale copy: the codes say it as well.
  }
  const first = <Found>(find: (list: Permission['lists'][number]) => Found | undefined) =>
    lists.map(find).find((found) => found !== undefined);
  return {
    affair: (code: string) =>
      first((list) => list.rowsOfAffair.get(code)?.[0]?.affair.name) ?? code,
    kind: (code: string) => first((list) => list.kinds.get(code)?.information.name) ?? code,
  };
}
