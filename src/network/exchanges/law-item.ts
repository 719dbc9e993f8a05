import { z } from 'zod';
import type { CompiledList, Row } from '../../protocol/permission/compile-list.ts';

const Named = z.strictObject({ code: z.string(), name: z.string() });

/** An item (項) of a permission list in full. */
export const LawItem = z.strictObject({
  list: z.string(),
  lawNumber: z.string(),
  item: z.string(),
  article: z.string().optional(),
  affair: Named,
  inquirers: z.array(z.string()),
  inForce: z.strictObject({ from: z.string().optional(), until: z.string().optional() }),
  provisions: z.array(
    z.strictObject({ providers: z.array(z.string()), information: z.array(Named) }),
  ),
});
export type LawItem = z.infer<typeof LawItem>;

export const lawItem = (list: CompiledList, row: Row): LawItem => ({
  list: list.id,
  lawNumber: list.lawNumber,
  item: row.item,
  ...(row.article !== undefined && { article: row.article }),
  affair: { ...row.affair },
  inquirers: [...row.inquirers],
  inForce: { ...row.inForce },
  provisions: list.provisions.slice(row.first, row.end).map(({ providers, information }) => ({
    providers: [...providers],
    information: information.map((each) => ({ ...each })),
  })),
});
