import { z } from 'zod';
import { canonicalJson, textOf, utf8 } from './encoding.ts';
import { AgencyCode, Id, InformationCode } from './identifiers.ts';
import { DIRECTION } from './messages/answer.ts';
import type { Subject } from './messages/permit.ts';
import { open, sealedMismatch } from './sealing.ts';

/** One row of a copy: item names of the layout, and their values. */
export const CopyRecord = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
export type CopyRecord = z.infer<typeof CopyRecord>;

/**
 * What is sealed. It names the exchange, both parties and the direction again: bytes that open but were
 * sealed for something else are refused with the same error as bytes that do not open.
 */
export const Plaintext = z.strictObject({
  exchange: Id,
  inquirer: AgencyCode,
  provider: AgencyCode,
  direction: z.literal(DIRECTION),
  information: InformationCode,
  layoutVersion: z.string(),
  records: z.array(CopyRecord),
});
export type Plaintext = z.infer<typeof Plaintext>;

export const plaintextBytes = (plain: Plaintext): Uint8Array => utf8(canonicalJson(plain));

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
