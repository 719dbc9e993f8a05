import { z } from 'zod';

export const Session = z.looseObject({
  token: z.string(),
  user: z.string(),
  operations: z.array(z.string()),
  passwordDue: z.boolean(),
});

const Rows = z.array(z.record(z.string(), z.unknown()));

export const Review = z.looseObject({
  exchange: z.string(),
  kind: z.string(),
  state: z.string(),
  restricted: z.boolean(),
  integratedAddressNumber: z.string(),
  createdAt: z.string(),
  dueAt: z.string(),
  lateSeconds: z.number().optional(),
  reviewer: z.string().optional(),
  approver: z.string().optional(),
});
export type Review = z.infer<typeof Review>;
export const Reviews = z.looseObject({ reviews: z.array(Review) });
export const ReviewContent = z.looseObject({
  review: Review,
  inquirer: z.string(),
  item: z.string(),
  information: z.string(),
  layoutVersion: z.string().optional(),
  content: Rows,
  seen: z.string(),
  note: z.string().optional(),
});
export type ReviewContent = z.infer<typeof ReviewContent>;

const Version = z.looseObject({
  integratedAddressNumber: z.string(),
  information: z.string(),
  published: z.string(),
  ended: z.string().optional(),
  inForce: z.boolean(),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean(),
  nonDisclosable: z.boolean(),
  rows: z.int(),
});
export type Version = z.infer<typeof Version>;
export const Copies = z.looseObject({ copies: z.array(Version), next: z.string().optional() });
export const CopyShown = z.looseObject({
  copy: Version.extend({ records: Rows }).optional(),
  versions: z.array(Version),
});

export const Import = z.looseObject({
  id: z.string(),
  state: z.string(),
  information: z.string(),
  by: z.string(),
  startedAt: z.string(),
  rows: z.int(),
  persons: z.int(),
  added: z.int(),
  replaced: z.int(),
  unchanged: z.int(),
  deleted: z.int(),
  mistakes: z.int(),
});
export type Import = z.infer<typeof Import>;
export const Imports = z.looseObject({ imports: z.array(Import) });
export const ImportReport = Import.extend({
  findings: z.array(
    z.looseObject({
      line: z.int(),
      column: z.string().optional(),
      ja: z.string(),
      en: z.string(),
    }),
  ),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const Reconciliation = z.looseObject({
  id: z.string(),
  information: z.string(),
  layoutVersion: z.string(),
  by: z.string(),
  finishedAt: z.string(),
  originals: z.int(),
  copies: z.int(),
  persons: z.int(),
  alike: z.int(),
  missing: z.int(),
  surplus: z.int(),
  different: z.int(),
  unreadable: z.int(),
  differences: z.int(),
  items: z.record(z.string(), z.int()),
  listed: z.int(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;
export const Reconciliations = z.looseObject({ reconciliations: z.array(Reconciliation) });
export const Differences = z.looseObject({
  differences: z.array(
    z.looseObject({
      kind: z.string(),
      person: z.string().optional(),
      line: z.int().optional(),
      items: z.array(z.string()),
      problem: z.string().optional(),
    }),
  ),
  next: z.int().optional(),
});
export type Differences = z.infer<typeof Differences>;

export const Users = z.looseObject({
  users: z.array(
    z.looseObject({
      user: z.string(),
      department: z.looseObject({ name: z.string() }),
      roles: z.array(z.string()),
      affairs: z.union([z.literal('all'), z.array(z.string())]),
      validUntil: z.string(),
      disabled: z.boolean(),
      lastLogInAt: z.string().optional(),
    }),
  ),
});

export const Operations = z.looseObject({
  operations: z.array(
    z.looseObject({
      seq: z.int(),
      at: z.string(),
      actor: z.string(),
      operation: z.string(),
      outcome: z.string(),
      code: z.string().optional(),
      person: z.string().optional(),
      exchange: z.string().optional(),
      count: z.int().optional(),
    }),
  ),
});

export const Anomalies = z.looseObject({
  from: z.string(),
  until: z.string(),
  lines: z.int(),
  findings: z.array(
    z.looseObject({
      rule: z.string(),
      actor: z.string(),
      from: z.string(),
      until: z.string(),
      count: z.int(),
      operations: z.array(z.string()),
    }),
  ),
});

export const Anything = z.looseObject({});
