import { z } from 'zod';

/** Something of the law or the network by its code, with its name as people say it. */
export const Named = z.strictObject({ code: z.string(), name: z.string() });
export type Named = z.infer<typeof Named>;

/** The same in both languages. */
export const Words = z.strictObject({ ja: z.string(), en: z.string() });
export type Words = z.infer<typeof Words>;
