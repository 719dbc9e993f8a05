import { z } from 'zod';

export const Lists = z.looseObject({
  roles: z.array(z.string()),
  lists: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      lawNumber: z.string(),
      from: z.string().optional(),
      until: z.string().optional(),
      inForce: z.boolean(),
      items: z.int(),
      provisions: z.int(),
    }),
  ),
});
export type Lists = z.infer<typeof Lists>;

export const Matrix = z.looseObject({
  rows: z.array(z.looseObject({ inquirer: z.string(), providers: z.record(z.string(), z.int()) })),
});
export type Matrix = z.infer<typeof Matrix>;
