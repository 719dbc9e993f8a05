import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import type { Watched } from '../../network/network.ts';
import { japaneseDay } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { ListId } from '../../protocol/identifiers.ts';
import type { PermissionList } from '../../protocol/permission/schema.ts';
import { getJson } from '../../service/http/json-route.ts';
import { type Difference, diffLists } from '../lists/diff.ts';
import { summaryOf } from '../lists/diff-summary.ts';

const Named = z.strictObject({ code: z.string(), name: z.string() });
const Different = z.strictObject({
  inquirer: z.string(),
  affair: Named,
  provider: z.string(),
  information: Named,
  items: z.array(z.string()),
  reworded: Named.optional(),
});
const Side = z.strictObject({
  id: z.string(),
  title: z.string(),
  date: z.string(),
  tuples: z.int(),
});

const DiffQuery = z.strictObject({
  from: ListId,
  to: ListId,
  role: z.string().max(200).optional(),
  information: z.string().max(300).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** GET /v1/law/diff: what one list allows and the other does not, tuple by tuple. */
export function listDiffRoute(app: OpenAPIHono, network: Watched): void {
  getJson(app, {
    path: '/v1/law/diff',
    tags: ['law'],
    summary: 'What the second list allows and the first does not, and the other way round',
    query: DiffQuery,
    responses: {
      200: z.strictObject({
        ...{ from: Side, to: Side, moved: z.int(), unchanged: z.int() },
        ...{ newly: z.int(), nolonger: z.int() },
        permitted: z.array(Different),
        denied: z.array(Different),
      }),
    },
    errors: ['not_authenticated', 'not_authorised', 'not_found'],
    handle({ from, to, role, information, offset, limit }) {
      const listOf = (id: string): PermissionList => {
        const text = [...network.gateway.gateway.law.published.lists].find(
          (each) => each.id === id,
        );
        const found = text && network.gateway.gateway.law.published.documents.get(text.digest);
        if (found === undefined) throw new RenkeiError('not_found');
        return JSON.parse(found) as PermissionList;
      };
      const sides = [listOf(from), listOf(to)] as const;
      const diff = diffLists(
        { list: sides[0], date: dayOf(sides[0], network) },
        { list: sides[1], date: dayOf(sides[1], network) },
      );
      const wanted = (one: Difference) =>
        (role === undefined || one.inquirer === role || one.provider === role) &&
        (information === undefined || one.information.name.includes(information));
      const { total } = summaryOf(diff);
      const shown = (all: readonly Difference[]) =>
        all
          .filter(wanted)
          .slice(offset, offset + limit)
          .map(differentOf);
      return {
        status: 200,
        body: {
          from: sideOf(diff.a),
          to: sideOf(diff.b),
          moved: diff.moves.length,
          ...{ newly: total.permitted, nolonger: total.denied, unchanged: total.unchanged },
          permitted: shown(diff.permitted),
          denied: shown(diff.denied),
        },
      };
    },
  });
}

/** Today while the list is in force, else its last day: what it said in the end. */
function dayOf({ inForce }: PermissionList, { clock }: Watched): string {
  const today = japaneseDay(clock.now());
  if (inForce.from !== undefined && today < inForce.from) return inForce.from;
  return inForce.until !== undefined && today > inForce.until ? inForce.until : today;
}

const sideOf = ({
  id,
  title,
  date,
  tuples,
}: {
  id: string;
  title: string;
  date: string;
  tuples: number;
}) => ({
  ...{ id, title, date, tuples },
});

const differentOf = ({
  inquirer,
  affair,
  provider,
  information,
  itemsA,
  itemsB,
  reworded,
}: Difference) => ({
  ...{ inquirer, provider },
  affair: { ...affair },
  information: { ...information },
  items: [...itemsA, ...itemsB],
  ...(reworded && { reworded: { ...reworded } }),
});
