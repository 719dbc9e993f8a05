import { describe, expect, test } from 'vitest';
import type { BusinessSystem } from '../../src/agency/core/business-systems/business-system.ts';
import type { AgencyStore } from '../../src/agency/core/ports.ts';
import { digestOf, subject } from '../support/ids.ts';

const least: BusinessSystem = {
  id: 'gyomu',
  name: '業務システム',
  uses: [],
  asks: 'all',
  rate: undefined,
  keys: [],
  state: 'enabled',
  createdAt: 1,
  changedAt: 1,
};
const full: BusinessSystem = {
  ...least,
  id: 'kenko',
  uses: ['inquire', 'import-copies'],
  asks: [
    { affair: subject.affair, information: 'all' },
    { affair: subject.affair, information: [subject.information] },
  ],
  rate: { perSecond: 0.5, burst: 10 },
  keys: [
    { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'a.1' },
    { kty: 'EC', crv: 'P-256', x: digestOf('x'), y: digestOf('y'), kid: 'a.2' },
  ],
  state: 'disabled',
};

/** What is kept of business systems, whatever keeps it. */
export function businessSystemsContract(open: () => AgencyStore): void {
  describe('business systems', () => {
    test('come back as they were put, listed by id, the last that was put with each', async () => {
      const { transact, read } = open();
      await transact((tx) => {
        tx.putBusinessSystem(full);
        tx.putBusinessSystem(least);
      });
      expect(read.businessSystem('kenko')).toEqual(full);
      expect(read.businessSystems()).toEqual([least, full]);
      const changed = {
        ...least,
        id: 'kenko',
        state: 'revoked',
        createdAt: 1,
        changedAt: 2,
      } as const;
      await transact((tx) => tx.putBusinessSystem(changed));
      expect(read.businessSystem('kenko')).toEqual(changed);
      expect(read.businessSystem('none')).toBeUndefined();
    });

    test('tokens end with their system’s, all at once, and by themselves when their time is over', async () => {
      const { transact, read } = open();
      await transact((tx) => {
        tx.putBusinessSystem(least);
        tx.putBusinessSystem(full);
        for (const [label, system, expiresAt] of [
          ['a', 'gyomu', 100],
          ['b', 'gyomu', 200],
          ['c', 'kenko', 200],
        ] as const) {
          tx.addAccessToken({ digest: digestOf(label), system, expiresAt });
        }
      });
      expect(read.accessToken(digestOf('a'))).toEqual({
        digest: digestOf('a'),
        system: 'gyomu',
        expiresAt: 100,
      });
      await transact((tx) => tx.sweep(100));
      expect(read.accessToken(digestOf('a'))).toBeUndefined();
      expect(read.accessToken(digestOf('b'))).toBeDefined();
      // A change of the entry leaves them alone.
      await transact((tx) => tx.putBusinessSystem({ ...least, changedAt: 2 }));
      expect(await transact((tx) => tx.endAccessTokens('gyomu'))).toBe(1);
      expect(read.accessToken(digestOf('b'))).toBeUndefined();
      expect(read.accessToken(digestOf('c'))?.system).toBe('kenko');
    });

    test('a token belongs to a system that is there', async () => {
      const { transact } = open();
      const token = { digest: digestOf('a'), system: 'nobody', expiresAt: 1 };
      await expect(transact((tx) => tx.addAccessToken(token))).rejects.toThrow();
    });
  });
}
