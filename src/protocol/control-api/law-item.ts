import { z } from 'zod';
import { Named } from './words.ts';

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
