import { z } from 'zod';
import { AffairCode } from '../identifiers.ts';

/** What members of staff can be. */
export const ROLES = ['officer', 'supervisor', 'administrator', 'auditor'] as const;
export const RoleSchema = z.enum(ROLES);

/** A log-in name, or the person behind a shared one: one namespace, so that one name is one person everywhere. */
export const LoginName = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,31}$/)
  .describe('Log-in name: a small letter, then small letters, digits, . _ -');
export const DepartmentCode = z.string().regex(/^[a-z][a-z0-9-]{1,31}$/);
export const AffairsSchema = z
  .union([z.literal('all'), z.array(AffairCode).max(1000)])
  .describe('Codes of affairs (事務コード), or `all`');

/** One user in the list of users and authorities: what they may do, and nothing that lets anybody in. */
export const UserView = z.strictObject({
  user: LoginName,
  persons: z.array(LoginName).optional().describe('The persons who use a shared id'),
  department: z.strictObject({ code: DepartmentCode, name: z.string() }),
  roles: z.array(RoleSchema),
  affairs: AffairsSchema,
  operations: z.array(z.string()).describe('What the roles allow'),
  validFrom: z.string(),
  validUntil: z.string(),
  disabled: z.boolean(),
  lockedUntil: z.string().optional(),
  passwordDue: z.string().describe('From then on a new password is wanted'),
  createdAt: z.string(),
  lastLogInAt: z.string().optional(),
});
export type UserView = z.infer<typeof UserView>;

/** The same with what is told once, to be handed over. */
export const IssuedView = z.strictObject({
  user: UserView,
  initialPassword: z.string().optional(),
  oneTimeCodes: z.array(
    z.strictObject({
      person: LoginName,
      secret: z.string().describe('Base32'),
      uri: z.string().describe('For an authenticator app'),
    }),
  ),
});
export type IssuedView = z.infer<typeof IssuedView>;

const Entry = z.strictObject({
  department: DepartmentCode,
  roles: z.array(RoleSchema).min(1).max(4),
  affairs: AffairsSchema,
  validFrom: z.iso.date().describe('First day in Japan'),
  validUntil: z.iso.date().describe('Last day in Japan'),
  persons: z
    .array(LoginName)
    .min(1)
    .max(100)
    .optional()
    .describe('A shared id: the persons who use it, by name. Left out, an id is one person’s own'),
});
const Nothing = z.strictObject({});

const change = <Path extends string, Request extends z.ZodType>(path: Path, request: Request) =>
  ({ path: `/v1/staff/{user}${path}`, request, responses: { 200: IssuedView } }) as const;
export type UserChange<Request extends z.ZodType> = ReturnType<typeof change<string, Request>>;

/** Users and their authority. */
export const staff = {
  list: {
    path: '/v1/staff',
    responses: { 200: z.strictObject({ users: z.array(UserView) }) },
  },
  show: { path: '/v1/staff/{user}', responses: { 200: UserView } },
  add: {
    path: '/v1/staff',
    request: Entry.extend({ user: LoginName }),
    responses: { 201: IssuedView },
  },
  change: change('', Entry.partial()),
  disable: change('/disable', Nothing),
  enable: change('/enable', Nothing),
  unlock: change('/unlock', Nothing),
  resetPassword: change('/password', Nothing),
  resetOneTimeCodes: change('/one-time-codes', z.strictObject({ person: LoginName.optional() })),
} as const;

const DepartmentEntry = z.strictObject({
  name: z.string().min(1).max(100),
  affairs: AffairsSchema,
});
export const DepartmentView = DepartmentEntry.extend({ code: DepartmentCode });
export type DepartmentView = z.infer<typeof DepartmentView>;

/** Departments and the affairs that limit their people. */
export const departments = {
  list: {
    path: '/v1/departments',
    responses: { 200: z.strictObject({ departments: z.array(DepartmentView) }) },
  },
  put: {
    path: '/v1/departments/{code}',
    request: DepartmentEntry,
    responses: { 200: DepartmentView },
  },
} as const;
