import { sha256 } from '../../../protocol/digest.ts';
import { base64url } from '../../../protocol/encoding.ts';
import { RenkeiError } from '../../../protocol/errors.ts';
import { LoginName } from '../../../protocol/node-api/staff.ts';
import type { AgencyNode } from '../node.ts';
import type { AgencyTx } from '../ports.ts';
import { type LogReason, NOBODY, type Operation } from './operations.ts';
import { isInitialOver, standing } from './standing.ts';
import { factorPlace, type SecondFactor, type User } from './users.ts';

export interface LogIn {
  readonly user: string;
  readonly password: string;
  /** One-time code. */
  readonly code: string;
  /** Who it is, at a shared id. */
  readonly person?: string | undefined;
}

/**
 * Logs somebody in by password and one-time code. Whatever is wrong, and whether there is such a
 * user at all, takes the same time and gets the same answer; the operation log has the reason. Failures in a row
 * lock the id for a while.
 * @returns the token of the session, known to whoever logged in and to nobody else
 * @throws RenkeiError not_authenticated; rate_limited when too many try at once
 */
export async function logIn(node: AgencyNode, asked: LogIn): Promise<string> {
  const { store, passwords, sessions, randomness } = node;
  const login = LoginName.safeParse(asked.user).data;
  const known = login === undefined ? undefined : store.read.user(login);
  const right = await passwords.matches(asked.password, known?.password);
  // A hash at another cost than the present one is made anew, now that the password is at hand.
  const renewed =
    right && known && !passwords.isPresent(known.password)
      ? await passwords.hash(asked.password, randomness.bytes(16))
      : undefined;
  const token = base64url(randomness.bytes(32));
  const digest = sha256(token);
  const admitted = await store.transact((tx) => {
    const user = login === undefined ? undefined : tx.user(login);
    // A password that was changed while it was hashed is another one.
    const password = right && user?.password === known?.password;
    const verdict = judge(node, tx, user, password, asked);
    if ('reason' in verdict) {
      refuse(node, tx, user, verdict);
      return false;
    }
    const { factor, step } = verdict;
    const now = node.clock.now();
    const changed = { failures: 0, lockedUntil: 0, lastLogInAt: now };
    tx.putFactor({ ...factor, step });
    tx.changeUser(factor.login, { ...changed, ...(renewed && { password: renewed }) });
    const session = { digest, login: factor.login, person: factor.person };
    tx.addSession({ ...session, beganAt: now, usedAt: now, ready: false });
    tx.note({ ...lineOf(node, verdict.user, factor.person), outcome: 'done' });
    return true;
  });
  if (!admitted) throw new RenkeiError('not_authenticated', WRONG);
  sessions.admit({ digest });
  return token;
}

/** One answer for everything that can be wrong. */
const WRONG = {
  ja: '利用者 ID、パスワード、ワンタイムコードのどれかが正しくないか、利用できない ID です',
  en: 'User, password or one-time code is wrong, or the id cannot be used',
  hint: {
    ja: '失敗が続くとしばらく利用できなくなります。コードは一度しか使えません。管理者に確認してください',
    en: 'Failures in a row lock an id for a while, and a code is good once. Ask an administrator',
  },
};

type Verdict =
  | { readonly reason: LogReason; readonly person?: string | undefined }
  | { readonly user: User; readonly factor: SecondFactor; readonly step: number };

function judge(
  node: AgencyNode,
  tx: AgencyTx,
  user: User | undefined,
  password: boolean,
  { code, person }: LogIn,
): Verdict {
  const now = node.clock.now();
  const who = user?.shared ? person : user?.login;
  const factor = user && tx.factors(user.login).find((each) => each.person === who);
  // Whoever is unknown has a code worked out as well, and as slowly.
  const secret = factor
    ? node.vault.open(factor.secret, factorPlace(factor.login, factor.person))
    : new Uint8Array(20);
  const step = node.oneTimeCodes.stepOf(secret, code, now);
  if (!user) return { reason: 'unknown-user' };
  const named = factor?.person;
  // Whoever has left has left the ids that they shared as well.
  const self = user.shared && named !== undefined ? tx.user(named) : undefined;
  const bar = standing(user, now) ?? (self && standing(self, now));
  if (bar) return { reason: bar, person: named };
  if (!password) return { reason: 'wrong-password', person: named };
  if (!factor || (!user.shared && person !== undefined && person !== user.login)) {
    return { reason: 'unknown-person' };
  }
  if (step === undefined) return { reason: 'wrong-code', person: named };
  if (step <= factor.step) return { reason: 'used-code', person: named };
  if (isInitialOver(user, node.settings.staff, now)) {
    return { reason: 'initial-password-expired', person: named };
  }
  return { user, factor, step };
}

/** What counts against an id: knowing it is not enough to lock it for good, nor does waiting make it worse. */
const COUNTS: ReadonlySet<LogReason> = new Set([
  'wrong-password',
  'unknown-person',
  'wrong-code',
  'used-code',
]);

function refuse(
  node: AgencyNode,
  tx: AgencyTx,
  user: User | undefined,
  { reason, person }: { reason: LogReason; person?: string | undefined },
): void {
  const line = lineOf(node, user, person);
  tx.note({ ...line, outcome: 'refused', code: 'not_authenticated', reason });
  if (user && COUNTS.has(reason)) countFailure(node, tx, user, line);
}

/** One more failure in a row; the last one that is let pass locks the id. */
export function countFailure(
  { settings, clock }: Pick<AgencyNode, 'settings' | 'clock'>,
  tx: AgencyTx,
  user: User,
  line: Omit<Operation, 'outcome'>,
): void {
  const { failures: most, minutes } = settings.staff.lockOut;
  const failures = user.failures + 1;
  if (failures < most) {
    tx.changeUser(user.login, { failures });
    return;
  }
  tx.changeUser(user.login, { failures: 0, lockedUntil: clock.now() + minutes * 60_000 });
  tx.note({ ...line, operation: 'locked-out', outcome: 'refused', code: 'not_authenticated' });
}

/** Who tries, as far as they are known. */
const lineOf = (
  { clock }: Pick<AgencyNode, 'clock'>,
  user: User | undefined,
  person: string | undefined,
): Omit<Operation, 'outcome'> => ({
  at: clock.now(),
  actorKind: 'staff',
  actor: person ?? user?.login ?? NOBODY,
  ...(user?.shared && { account: user.login }),
  operation: 'log-in',
});
