import { sha256 } from '../../../protocol/digest.ts';
import type { AgencyNode } from '../node.ts';
import { sealedFactor } from './issue.ts';
import type { Role } from './roles.ts';
import type { Department, User } from './users.ts';

/** A member of staff whom the simulator has ready: who they are is derived from its seed. */
export interface ReadyUser {
  readonly login: string;
  readonly roles: readonly Role[];
  /** At least 100 bits of chance. */
  readonly password: string;
  /** Of its hash. */
  readonly salt: Uint8Array;
  /** For one-time codes. */
  readonly secret: Uint8Array;
  /** Opens a session that does not time out. */
  readonly token: string;
}

export interface ReadyStaff {
  readonly department: Department;
  readonly users: readonly ReadyUser[];
}

/** Ready users never expire by themselves: whoever tries next year finds them as they are. */
const VALID = { validFrom: '2000-01-01', validUntil: '2099-03-31' };

/** Makes the ready users that are not there yet, and opens their sessions, unless those were ended before. */
export async function openReadyStaff(node: AgencyNode, ready: ReadyStaff): Promise<void> {
  const { store, passwords, clock } = node;
  const missing = ready.users.filter(({ login }) => store.read.user(login) === undefined);
  const hashes = await Promise.all(
    missing.map(({ password, salt }) => passwords.hashRandom(password, salt)),
  );
  const now = clock.now();
  const sessions = ready.users.map(({ login, token }) => ({
    ...{ digest: sha256(token), login, person: login },
    ...{ beganAt: now, usedAt: now, ready: true },
  }));
  const { department } = ready;
  await store.transact((tx) => {
    if (!tx.department(department.code)) tx.putDepartment(department);
    for (const [at, { login, roles, secret }] of missing.entries()) {
      const password = { password: hashes[at] ?? '', passwordSetAt: now, passwordInitial: false };
      const user: User = {
        ...{ login, roles, shared: false, department: department.code, affairs: 'all' },
        ...{ ...VALID, ...password, disabled: false, failures: 0, lockedUntil: 0, createdAt: now },
      };
      tx.addUser(user);
      tx.putFactor(sealedFactor(node, login, login, secret));
    }
    tx.keepReadySessions(sessions.map(({ digest }) => digest));
    for (const session of sessions) tx.addSession(session);
  });
}
