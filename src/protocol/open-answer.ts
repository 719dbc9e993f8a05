import { textOf } from './encoding.ts';
import type { Subject } from './messages/permit.ts';
import { Plaintext } from './plaintext.ts';
import { open, sealedMismatch } from './sealing.ts';

/** Opens a sealed answer for this exchange only. @throws RenkeiError permit_mismatch */
export function openAnswer(
  sealed: Uint8Array,
  keys: { readonly theirs: string; readonly mine: Uint8Array },
  exchange: string,
  subject: Subject,
): Plaintext {
  const bytes = open(sealed, keys.theirs, keys.mine);
  const plain = read(bytes);
  bytes.fill(0);
  if (
    plain?.exchange !== exchange ||
    plain.inquirer !== subject.inquirer ||
    plain.provider !== subject.provider ||
    plain.information !== subject.information
  ) {
    throw sealedMismatch();
  }
  return plain;
}

function read(bytes: Uint8Array): Plaintext | undefined {
  try {
    return Plaintext.parse(JSON.parse(textOf(bytes)));
  } catch {
    // Whoever seals nonsense learns no more than whoever seals for somebody else.
    return undefined;
  }
}
