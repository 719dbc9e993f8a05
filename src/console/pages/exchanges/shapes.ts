import { z } from 'zod';

/** What these pages need of the control plane’s answers. */

const Named = z.looseObject({ code: z.string(), name: z.string() });
/** Words in both languages. */
export const Said = z.looseObject({ ja: z.string(), en: z.string() });

export const Exchange = z.looseObject({
  seq: z.int(),
  id: z.string(),
  at: z.string(),
  inquirer: Named,
  provider: Named,
  affair: Named.optional(),
  item: z.string().optional(),
  list: z.string().nullable(),
  information: Named,
  decision: z.enum(['permit', 'deny']),
  state: z.string(),
  code: z.string().optional(),
  reasons: z.array(z.string()),
  reason: z.string().optional(),
});
export type Exchange = z.infer<typeof Exchange>;

export const Exchanges = z.looseObject({
  exchanges: z.array(Exchange),
  next: z.int().optional(),
});

export const LawItem = z.looseObject({
  list: z.string(),
  lawNumber: z.string(),
  item: z.string(),
  affair: Named,
  inquirers: z.array(z.string()),
  provisions: z.array(
    z.looseObject({ providers: z.array(z.string()), information: z.array(Named) }),
  ),
});
export type LawItem = z.infer<typeof LawItem>;

export const Message = z.looseObject({
  seq: z.int(),
  at: z.string(),
  afterMs: z.number(),
  from: z.string(),
  to: z.string(),
  message: z.string(),
  leg: z.string(),
  outcome: z.string().optional(),
  bytes: z.number().optional(),
  sealedBytes: z.number().optional(),
  sealedDigest: z.string().optional(),
  statement: z
    .looseObject({
      header: z.record(z.string(), z.unknown()),
      claims: z.record(z.string(), z.unknown()),
      signature: z.enum(['valid', 'invalid', 'key_unknown']),
      token: z.string(),
    })
    .optional(),
});
export type Message = z.infer<typeof Message>;

export const Detail = z.looseObject({
  exchange: Exchange,
  item: LawItem.optional(),
  nearest: z.array(
    z.looseObject({
      item: z.string(),
      affair: Named.optional(),
      information: Named.optional(),
      providerRoles: z.array(z.string()).default([]),
      changes: z.array(z.string()).default([]),
    }),
  ),
  ground: z.string().optional(),
  reasons: z.array(Said.extend({ code: z.string() })),
  messages: z.array(Message),
});
export type Detail = z.infer<typeof Detail>;

export const ProvenRecord = z.looseObject({
  index: z.int(),
  record: z.string().optional(),
  leaf: z.string(),
  size: z.int(),
  path: z.array(z.string()),
  checkpoint: z.string(),
  fault: Said.optional(),
  witnesses: z.array(
    z.looseObject({ party: z.string(), size: z.int(), at: z.string(), fault: Said.optional() }),
  ),
});
export type ProvenRecord = z.infer<typeof ProvenRecord>;

export const Proofs = z.looseObject({
  parties: z.array(z.looseObject({ party: z.string(), records: z.array(ProvenRecord) })),
  findings: z.array(Said.extend({ party: z.string() })),
});
export type Proofs = z.infer<typeof Proofs>;

export const ScenarioText = z.looseObject({ name: z.string(), yaml: z.string() });

export const Parties = z.looseObject({
  now: z.string(),
  parties: z.array(
    z.looseObject({
      code: z.string(),
      name: z.string(),
      roles: z.array(z.string()),
      url: z.string(),
    }),
  ),
});
