import { writeFileSync } from 'node:fs';
import { codeVectors } from './make-codes.ts';
import { messageVectors } from './make-messages.ts';
import { numberVectors } from './make-numbers.ts';
import { sealingVectors } from './make-sealing.ts';

/** Every file of vectors with how it is made: from fixed seeds, so that it is always the same. */
export const VECTORS: Readonly<Record<string, () => unknown>> = {
  'messages.json': messageVectors,
  'sealing.json': sealingVectors,
  'codes.json': codeVectors,
  'numbers.json': numberVectors,
};

if (import.meta.main) {
  for (const [file, make] of Object.entries(VECTORS)) {
    const text = JSON.stringify(await make(), null, 2);
    writeFileSync(new URL(file, import.meta.url), `${text}\n`);
  }
}
