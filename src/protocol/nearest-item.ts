import { z } from 'zod';
import { ItemNumber, ListId } from './identifiers.ts';

const Named = z.strictObject({ code: z.string(), name: z.string() });

/** Something near to what was asked that the list does allow. */
export const NearestItem = z.strictObject({
  list: ListId,
  item: ItemNumber,
  affair: Named,
  inquirerRoles: z.array(z.string()),
  providerRoles: z.array(z.string()),
  information: Named,
  changes: z.array(z.string()),
});
export type NearestItem = z.infer<typeof NearestItem>;
