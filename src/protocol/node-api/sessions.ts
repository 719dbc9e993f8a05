import { z } from 'zod';
import { AffairsSchema, LoginName, RoleSchema } from './staff.ts';

const Secret = z.string().min(1).max(1000);
const Nothing = z.strictObject({});

export const SessionView = z.strictObject({
  user: LoginName,
  person: LoginName.optional().describe('Who it is, at a shared id'),
  department: z.string(),
  roles: z.array(RoleSchema),
  affairs: AffairsSchema,
  operations: z.array(z.string()).describe('What may be done'),
  passwordDue: z.boolean().describe('A new password is wanted before anything else'),
  idleMinutes: z.int().describe('Ends after so long without activity'),
  endsAt: z.string().describe('Ends then in any case'),
});
export type SessionView = z.infer<typeof SessionView>;

/** Log-in, log-out and a new password, by members of staff. */
export const sessions = {
  logIn: {
    path: '/v1/sessions',
    request: z.strictObject({
      user: z.string().min(1).max(64).describe('Log-in name'),
      password: Secret,
      code: z.string().min(1).max(32).describe('One-time code (RFC 6238), good once'),
      person: LoginName.optional().describe('Who it is, at a shared id'),
    }),
    responses: { 201: SessionView.extend({ token: z.string() }) },
  },
  current: { path: '/v1/sessions/current', responses: { 200: SessionView } },
  end: { path: '/v1/sessions/end', request: Nothing, responses: { 200: Nothing } },
  password: {
    path: '/v1/sessions/password',
    request: z.strictObject({ password: Secret, newPassword: Secret }),
    responses: { 200: Nothing },
  },
} as const;
