import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyNode } from '../node.ts';
import type { StaffMember } from '../principal.ts';
import { countFailure } from './log-in.ts';
import { actorOf } from './operations.ts';
import { checkNewPassword } from './password-rules.ts';

/** Who changes their password, and in which session. */
export interface Owner {
  readonly by: StaffMember;
  readonly digest: string;
}

/**
 * Sets a password of one’s own in place of the present one. The other sessions of the id end; this one goes
 * on, free of whatever was due.
 * @throws RenkeiError not_authenticated for a wrong present password (which counts as a failed log-in),
 *   message_malformed for one that breaks the rules, state_conflict when it was changed meanwhile
 */
export async function changePassword(
  node: AgencyNode,
  { by, digest }: Owner,
  asked: { readonly password: string; readonly newPassword: string },
): Promise<void> {
  const { store, passwords, sessions, randomness, clock } = node;
  const { staff } = node.settings;
  const login = by.account ?? by.id;
  const user = store.read.user(login);
  if (!user) throw new RenkeiError('not_authenticated');
  const line = { at: clock.now(), ...actorOf(by), operation: 'password-change' };
  const locked = clock.now() < user.lockedUntil;
  if (!(await passwords.matches(asked.password, user.password)) || locked) {
    await store.transact((tx) => {
      const reason = locked ? 'locked' : 'wrong-password';
      tx.note({ ...line, outcome: 'refused', code: 'not_authenticated', reason });
      const now = tx.user(login);
      if (now && !locked) countFailure(node, tx, now, line);
    });
    throw new RenkeiError('not_authenticated', {
      ja: '現在のパスワードが正しくありません',
      en: 'The present password is not right',
    });
  }
  const earlier = [user.password, ...store.read.earlierPasswords(login)];
  const latest = earlier.slice(0, Math.max(1, staff.password.history));
  await checkNewPassword(passwords, staff, user, latest, asked.newPassword);
  const password = await passwords.hash(asked.newPassword, randomness.bytes(16));
  const ended = await store.transact((tx) => {
    if (tx.user(login)?.password !== user.password) throw new RenkeiError('state_conflict');
    const at = clock.now();
    // One that was given out was never theirs, and takes nobody’s place.
    if (!user.passwordInitial) {
      tx.addEarlierPassword(login, user.password, at, staff.password.history);
    }
    tx.changeUser(login, { password, passwordSetAt: at, passwordInitial: false, failures: 0 });
    tx.note({ ...line, outcome: 'done' });
    return sessions.end(tx, [login], 'withdrawn', digest);
  });
  sessions.forget(ended);
  const changed = store.read.user(login);
  if (changed) sessions.renew(digest, changed);
}

/** Ends a session at its owner’s wish. */
export async function logOut({ store, sessions }: AgencyNode, { digest }: Owner): Promise<void> {
  sessions.forget(await store.transact((tx) => sessions.endOne(tx, digest)));
}
