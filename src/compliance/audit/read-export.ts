import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The lines of an export, as they are read: a file of any length in the memory of one line. */
export const exportLines = (file: string) => () =>
  createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
