import { z } from 'zod';

/** A party that runs now. */
export const Party = z.strictObject({
  code: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  url: z.string(),
});
export type Party = z.infer<typeof Party>;

/** Who runs where, by which clock and seed. */
export const Parties = z.strictObject({
  seed: z.string(),
  clock: z.string(),
  now: z.string(),
  parties: z.array(Party),
});
export type Parties = z.infer<typeof Parties>;
