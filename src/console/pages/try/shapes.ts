import { z } from 'zod';

const Named = z.looseObject({ code: z.string(), name: z.string() });

/** What one agency may ask another now. */
export const Allowed = z.looseObject({
  list: z.string().nullable(),
  allowed: z.array(z.looseObject({ item: z.string(), affair: Named, information: z.array(Named) })),
});
export type Allowed = z.infer<typeof Allowed>;

/** Residents to try with, by what they show: the inquirer’s integrated address numbers. */
export const Examples = z.record(z.string(), z.string());
export type Examples = z.infer<typeof Examples>;

/** An inquiry as the inquirer’s node answers it. */
export const Inquiry = z.looseObject({
  id: z.string(),
  state: z.string(),
  exchange: z.string().optional(),
  code: z.string().optional(),
  reason: z.string().optional(),
  answer: z
    .looseObject({
      layoutVersion: z.string(),
      records: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
    })
    .optional(),
});
export type Inquiry = z.infer<typeof Inquiry>;
