import { z } from 'zod';
import { canonicalJson, utf8 } from './encoding.ts';
import { AgencyCode, Id, InformationCode } from './identifiers.ts';
import { DIRECTION } from './outcome.ts';

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
