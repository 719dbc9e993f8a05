import { z } from 'zod';

/** How a file’s characters are written as bytes. Municipal tools write Shift_JIS, most others UTF-8. */
export const ENCODINGS = ['utf-8', 'shift_jis'] as const;
export const Encoding = z.enum(ENCODINGS);
export type Encoding = z.infer<typeof Encoding>;
