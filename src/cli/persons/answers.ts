import { z } from 'zod';

// What an address-number system answers, as far as it is shown.

export const Found = z.looseObject({ integratedAddressNumber: z.string() });

export const IndividualNumber = z.looseObject({ individualNumber: z.string() });

const Basics = z.looseObject({
  name: z.string(),
  kana: z.string(),
  birthDate: z.string(),
  sex: z.string(),
  address: z.string(),
});

export const Person = z.looseObject({
  integratedAddressNumber: z.string(),
  source: z.string(),
  hasIndividualNumber: z.boolean(),
  basics: Basics.optional(),
  addressNumbers: z.array(z.object({ system: z.string(), addressNumber: z.string() })),
  mergedNumbers: z.array(z.string()),
  changedAt: z.string(),
});
export type Person = z.infer<typeof Person>;

export const Confirmation = z.looseObject({
  integratedAddressNumber: z.string(),
  identical: z.boolean(),
  items: z.record(z.string(), z.string()),
});
export type Confirmation = z.infer<typeof Confirmation>;

export const Change = z.looseObject({
  id: z.string(),
  state: z.string(),
  plan: z.looseObject({ kind: z.string() }),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().optional(),
  conflict: z.record(z.string(), z.unknown()).optional(),
});
export type Change = z.infer<typeof Change>;
export const Changes = z.object({ changes: z.array(Change) });

export const Grants = z.object({
  callers: z.array(
    z.looseObject({ kind: z.string(), id: z.string(), role: z.string().optional() }),
  ),
  grants: z.array(
    z.looseObject({
      id: z.string(),
      caller: z.string(),
      department: z.string(),
      affairs: z.array(z.string()),
      rights: z.array(z.string()),
      givenBy: z.string(),
      withdrawnBy: z.string().optional(),
    }),
  ),
});
export type Grants = z.infer<typeof Grants>;

export const Lines = z.object({
  lines: z.array(
    z.looseObject({
      seq: z.int(),
      at: z.string(),
      actor: z.string(),
      department: z.string().optional(),
      operation: z.string(),
      outcome: z.string(),
      code: z.string().optional(),
      person: z.string().optional(),
      subject: z.string().optional(),
      count: z.int().optional(),
    }),
  ),
});
export type Lines = z.infer<typeof Lines>;
export const Verification = z.object({ lines: z.int(), broken: z.int().optional() });
