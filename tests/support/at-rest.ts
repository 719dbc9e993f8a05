import { seededRandomness } from '../../src/service/randomness.ts';
import { makeVault } from '../../src/service/vault.ts';

/** Keys for what an address-number system keeps; the same for the same label. */
export function atRestOf(label: string) {
  const chance = seededRandomness('at rest', label);
  const [vault, lookupKey, logKey] = [chance.bytes(32), chance.bytes(32), chance.bytes(32)];
  return { vault: makeVault(vault), lookupKey, logKey };
}
