import { describe, expect, test } from 'vitest';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import type { Operation } from '../../src/agency/core/staff/operations.ts';
import type { StoredSession, User } from '../../src/agency/core/staff/users.ts';

const user: User = {
  login: 'tanto',
  shared: false,
  department: 'soumu',
  roles: ['officer', 'supervisor'],
  affairs: ['JM00000000000001'],
  validFrom: '2026-04-01',
  validUntil: '2027-03-31',
  disabled: false,
  password: '$argon2id$x',
  passwordSetAt: 1,
  passwordInitial: true,
  failures: 2,
  lockedUntil: 3,
  createdAt: 4,
  lastLogInAt: undefined,
};
const session: StoredSession = {
  digest: 'a',
  login: 'tanto',
  person: 'tanto',
  beganAt: 1,
  usedAt: 1,
  ready: false,
};
const line: Operation = {
  at: 10,
  actorKind: 'staff',
  actor: 'tanto',
  operation: 'copies.show',
  outcome: 'done',
};
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Users, sessions and the operation log, whatever keeps them. */
export function staffContract(name: string, open: () => AgencyStore): void {
  const opened = async () => {
    const store = open();
    await store.transact((tx) => {
      tx.putDepartment({ code: 'soumu', name: '総務課', affairs: 'all' });
      tx.addUser(user);
    });
    return store;
  };

  describe(`users in a store: ${name}`, () => {
    test('users and departments come back as they were put, and change', async () => {
      const { read, transact } = await opened();
      expect(plain(read.user('tanto'))).toEqual(plain(user));
      expect(read.user('nobody')).toBeUndefined();
      await expect(transact((tx) => tx.addUser(user))).rejects.toThrow('state_conflict');
      await expect(transact((tx) => tx.changeUser('nobody', {}))).rejects.toThrow('not_found');
      const change = { shared: true, affairs: 'all', disabled: true, lastLogInAt: 9 } as const;
      await transact((tx) => tx.changeUser('tanto', change));
      expect(plain(read.users())).toEqual([plain({ ...user, ...change })]);
      const renamed = { code: 'soumu', name: '庶務課', affairs: ['JM00000000000002'] };
      await transact((tx) => tx.putDepartment(renamed));
      expect(read.department('soumu')).toEqual(renamed);
      expect(read.departments()).toEqual([renamed]);
      await expect(
        transact((tx) => tx.changeUser('tanto', { department: 'none' })),
      ).rejects.toThrow();
    });

    test('second factors by person, and the latest earlier passwords', async () => {
      const { read, transact } = await opened();
      const factor = { login: 'tanto', person: 'tanto', secret: new Uint8Array([1, 2]), step: 5 };
      await transact((tx) => {
        tx.putFactor({ ...factor, step: 0 });
        tx.putFactor(factor);
        tx.putFactor({ ...factor, person: 'mori' });
      });
      expect(plain(read.factors('tanto'))).toEqual(plain([{ ...factor, person: 'mori' }, factor]));
      await transact((tx) => tx.dropFactor('tanto', 'mori'));
      expect(read.factors('tanto')).toHaveLength(1);
      for (const password of ['one', 'two', 'three']) {
        await transact((tx) => tx.addEarlierPassword('tanto', password, 1, 2));
      }
      expect(read.earlierPasswords('tanto')).toEqual(['three', 'two']);
    });

    test('a session ends once and for good; a ready one is not opened again', async () => {
      const { read, transact } = await opened();
      const ready = { ...session, digest: 'r', ready: true };
      await transact((tx) => {
        tx.addSession(session);
        tx.addSession(ready);
        tx.touchSession('a', 7);
      });
      expect(read.session('a')).toEqual({ ...session, usedAt: 7 });
      expect(read.sessions()).toHaveLength(2);
      const ended = await transact((tx) => [tx.endSession('a', 8), tx.endSession('a', 8)]);
      expect(ended).toEqual([true, false]);
      expect(await transact((tx) => tx.endSession('r', 8))).toBe(true);
      await transact((tx) => tx.addSession(ready));
      expect([read.sessions(), read.session('r')]).toEqual([[], undefined]);
      await transact((tx) => tx.addSession({ ...ready, digest: 's' }));
      await transact((tx) => tx.keepReadySessions(['t']));
      expect(read.sessions()).toEqual([]);
    });

    test('the operation log by filter, in pages', async () => {
      const { read, transact } = await opened();
      const others: Partial<Operation>[] = [
        { actor: 'jocho', account: 'madoguchi' },
        { person: '100000000000001', affair: 'JM00000000000001', count: 3 },
        { outcome: 'refused', code: 'not_authenticated', reason: 'used-code', subject: 'mori' },
        { operation: 'log-in' },
      ];
      await transact((tx) => {
        for (const [at, more] of others.entries()) tx.note({ ...line, ...more, at: 10 * at });
      });
      const seqs = (...asked: Parameters<typeof read.operationsWhere>) =>
        read.operationsWhere(...asked).map(({ seq }) => seq);
      expect(plain(read.operationsWhere({}, 0, 9).map(({ operation }) => operation))).toEqual(
        others.map((more, at) => ({ ...line, ...more, at: 10 * at })),
      );
      expect(seqs({ actor: 'jocho' }, 0, 9)).toEqual([1]);
      expect(seqs({ account: 'madoguchi' }, 0, 9)).toEqual([1]);
      expect(seqs({ person: '100000000000001' }, 0, 9)).toEqual([2]);
      expect(seqs({ outcome: 'refused', subject: 'mori' }, 0, 9)).toEqual([3]);
      expect(seqs({ operation: 'log-in', actor: 'tanto' }, 0, 9)).toEqual([4]);
      expect(seqs({ from: 10, until: 30 }, 0, 9)).toEqual([2, 3]);
      expect(seqs({ from: 11, until: 30 }, 0, 9)).toEqual([3]);
      expect(seqs({ from: 31 }, 0, 9)).toEqual([]);
      expect(seqs({ actor: 'tanto' }, 2, 1)).toEqual([3]);
    });
  });
}
