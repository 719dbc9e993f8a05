import { z } from 'zod';
import { LawItem } from '../../../protocol/control-api/law-item.ts';
import { Parties } from '../../../protocol/control-api/parties.ts';
import type { Page } from '../../frame/page.ts';
import { type Choice, OTHER, offer } from './choice.ts';
import { Allowed, Examples } from './shapes.ts';

const Items = z.looseObject({ items: z.array(LawItem) });
/** Out of this list the options are filled in when none is in force. */
const ANY_LIST = 'order-r6-9';
/** What is offered first where it is allowed: everything in the README is about it. */
const VACCINATION = '25';

/** What can be chosen, and the choice completed: what was offered for other parties or another item is chosen anew. */
export async function offered({ control }: Page, wanted: Choice) {
  const { parties } = await control.get('/v1/parties', Parties);
  const agencies = parties.filter(({ roles }) => roles.length > 0);
  const codes = agencies.map(({ code }) => code);
  const known = (code: string, otherwise: string) => (codes.includes(code) ? code : otherwise);
  const two = {
    inquirer: known(wanted.inquirer, codes[1] ?? codes[0] ?? ''),
    provider: known(wanted.provider, codes[0] ?? ''),
  };
  const query = new URLSearchParams(two);
  const [allowed, examples] = await Promise.all([
    control.get(`/v1/law/allowed?${query}`, Allowed),
    control.get(`/v1/examples?${query}`, Examples),
  ]);
  const list = allowed.list ?? ANY_LIST;
  const { items } = await control.get(`/v1/law/lists/${list}/items?limit=400`, Items);
  const isOfferedFor = (item: string) =>
    wanted.offeredFor === '' || wanted.offeredFor === offer(two, item);
  const sameParties = isOfferedFor(wanted.offeredFor.split(' ')[2] ?? '');
  const byLaw = allowed.allowed.find(({ item }) => item === wanted.item);
  const first = allowed.allowed.find(({ item }) => item === VACCINATION) ?? allowed.allowed[0];
  const keepsItem = wanted.item !== '' && (sameParties || byLaw !== undefined);
  const item = keepsItem ? wanted.item : (first?.item ?? items[0]?.item ?? '');
  const under = allowed.allowed.find((each) => each.item === item) ?? first;
  const keepsInformation = wanted.information !== '' && isOfferedFor(item);
  const choice: Choice = {
    ...wanted,
    ...two,
    who: wanted.who || (wanted.person === '' ? firstOf(examples) : OTHER),
    item,
    information: keepsInformation ? wanted.information : (under?.information[0]?.name ?? ''),
  };
  const information = [
    ...new Set(
      items.flatMap(({ provisions }) =>
        provisions.flatMap((each) => each.information.map(({ name }) => name)),
      ),
    ),
  ];
  return { choice, agencies, law: { allowed, examples, others: { items, information } } };
}

/** Somebody who is answered for by themselves, if there is anybody. */
const firstOf = (examples: Examples): string =>
  examples.ordinary === undefined ? (Object.keys(examples)[0] ?? OTHER) : 'ordinary';
