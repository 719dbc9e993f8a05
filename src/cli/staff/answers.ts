import { z } from 'zod';

// What a node answers about its staff, as far as it is shown.

const Affairs = z.union([z.literal('all'), z.array(z.string())]);

export const User = z.looseObject({
  user: z.string(),
  persons: z.array(z.string()).optional(),
  department: z.object({ code: z.string(), name: z.string() }),
  roles: z.array(z.string()),
  affairs: Affairs,
  operations: z.array(z.string()),
  validFrom: z.string(),
  validUntil: z.string(),
  disabled: z.boolean(),
  lockedUntil: z.string().optional(),
  passwordDue: z.string(),
  lastLogInAt: z.string().optional(),
});
export type User = z.infer<typeof User>;
export const UserList = z.object({ users: z.array(User) });

export const Issued = z.object({
  user: User,
  initialPassword: z.string().optional(),
  oneTimeCodes: z.array(z.object({ person: z.string(), secret: z.string(), uri: z.string() })),
});
export type Issued = z.infer<typeof Issued>;

export const Session = z.looseObject({
  token: z.string(),
  user: z.string(),
  person: z.string().optional(),
  passwordDue: z.boolean(),
  idleMinutes: z.int(),
  endsAt: z.string(),
});

export const DepartmentList = z.object({
  departments: z.array(z.object({ code: z.string(), name: z.string(), affairs: Affairs })),
});

const Operation = z.looseObject({
  seq: z.int(),
  at: z.string(),
  actorKind: z.string(),
  actor: z.string(),
  account: z.string().optional(),
  operation: z.string(),
  outcome: z.string(),
  code: z.string().optional(),
  reason: z.string().optional(),
  person: z.string().optional(),
  information: z.string().optional(),
  subject: z.string().optional(),
  count: z.int().optional(),
});
export type Operation = z.infer<typeof Operation>;
export const OperationList = z.object({ operations: z.array(Operation) });

const Finding = z.object({
  rule: z.string(),
  actor: z.string(),
  account: z.string().optional(),
  from: z.string(),
  until: z.string(),
  count: z.int(),
  operations: z.array(z.string()),
  seq: z.int(),
});
export type Finding = z.infer<typeof Finding>;
export const Anomalies = z.object({
  from: z.string(),
  until: z.string(),
  lines: z.int(),
  findings: z.array(Finding),
});
