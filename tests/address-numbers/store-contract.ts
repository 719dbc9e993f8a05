import { describe, expect, test } from 'vitest';
import type { Grant } from '../../src/address-numbers/core/authority/ports.ts';
import type { Change } from '../../src/address-numbers/core/changes/ports.ts';
import type { Access, AccessHold } from '../../src/address-numbers/core/log/ports.ts';
import type { Registration } from '../../src/address-numbers/core/persons/person.ts';
import type { AddressNumberStore } from '../../src/address-numbers/core/ports.ts';
import { idOf } from '../support/ids.ts';

const one: Registration = {
  integratedAddressNumber: '123456789012345',
  individualNumber: '123456789018',
  basics: {
    name: '見本　花子',
    kana: 'ミホン　ハナコ',
    birthDate: '1980-04-01',
    sex: '女',
    address: '埼玉県熊谷市見本町1丁目2番3号',
  },
  source: 'resident-register',
  at: 1000,
};
const other: Registration = {
  integratedAddressNumber: '543210987654321',
  individualNumber: '987654321093',
  source: 'entered',
  at: 2000,
};
const third: Registration = { ...other, integratedAddressNumber: '111112222233333' };
const grant: Grant = {
  id: idOf('grant'),
  kind: 'staff',
  caller: 'tanto',
  department: '健康増進課',
  affairs: ['JM73234166857364'],
  rights: ['find', 'show'],
  givenBy: 'jocho',
  givenAt: 5,
};
const change: Change = {
  id: idOf('change'),
  plan: {
    kind: 'merge',
    stays: one.integratedAddressNumber,
    goes: other.integratedAddressNumber,
    numberOf: 'stays',
    basicsOf: 'stays',
    copiesOf: { TM23147426109013: 'goes' },
  },
  state: 'proposed',
  proposedBy: 'tanto',
  proposedAt: 7,
};
const access: Access = {
  at: 9,
  actorKind: 'staff',
  actor: 'tanto',
  department: '健康増進課',
  operation: 'persons.find',
  outcome: 'done',
  affair: 'JM73234166857364',
  person: one.integratedAddressNumber,
};
/** Fields that are absent and fields that are undefined are the same to whoever reads. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
const conflict = { code: 'state_conflict' };

/** What the core relies on, whatever keeps it. `open` gives an empty store. */
export function addressNumberStoreContract(name: string, open: () => AddressNumberStore): void {
  const both = async () => {
    const store = open();
    await store.transact((tx) => {
      tx.addPerson(one);
      tx.addPerson(other);
    });
    return store;
  };

  describe(`an address-number system’s store: ${name}`, () => {
    describe('R-501: persons', () => {
      test('are found by either number, with all that was registered', async () => {
        const { read } = await both();
        expect(read.individualNumberOf(one.integratedAddressNumber)).toBe(one.individualNumber);
        expect(read.holderOf(one.individualNumber ?? '')).toBe(one.integratedAddressNumber);
        expect(plain(read.person(one.integratedAddressNumber))).toEqual({
          integratedAddressNumber: one.integratedAddressNumber,
          source: 'resident-register',
          hasIndividualNumber: true,
          basics: one.basics,
          registeredAt: 1000,
          changedAt: 1000,
        });
        expect(read.person(other.integratedAddressNumber)?.basics).toBeUndefined();
        expect(read.person('000000000000000')).toBeUndefined();
        expect(read.holderOf('111111111118')).toBeUndefined();
        expect(read.individualNumberOf('000000000000000')).toBeUndefined();
      });

      test('registered again just so change nothing; either number with another is a conflict', async () => {
        const { transact, read } = await both();
        await transact((tx) => tx.addPerson(one));
        for (const wrong of [
          { ...one, individualNumber: '111111111118' },
          { ...one, individualNumber: undefined },
          { ...one, integratedAddressNumber: '000000000000001' },
        ]) {
          await expect(transact((tx) => tx.addPerson(wrong))).rejects.toMatchObject(conflict);
        }
        expect(read.individualNumberOf(one.integratedAddressNumber)).toBe(one.individualNumber);
        expect(read.person('000000000000001')).toBeUndefined();
      });

      test('may lack an individual number, any number of them', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          tx.addPerson({ ...one, individualNumber: undefined });
          tx.addPerson({ ...other, individualNumber: undefined });
        });
        expect(read.person(one.integratedAddressNumber)?.hasIndividualNumber).toBe(false);
        expect(read.individualNumberOf(other.integratedAddressNumber)).toBeUndefined();
      });

      test('get, change and lose their individual number; nobody gets another’s', async () => {
        const { transact, read } = await both();
        const set = (person: string, number: string | undefined) =>
          transact((tx) => tx.setIndividualNumber(person, number, 3000));
        await expect(
          set(other.integratedAddressNumber, one.individualNumber),
        ).rejects.toMatchObject(conflict);
        await set(one.integratedAddressNumber, undefined);
        expect(read.holderOf(one.individualNumber ?? '')).toBeUndefined();
        await set(other.integratedAddressNumber, one.individualNumber);
        expect(read.holderOf(one.individualNumber ?? '')).toBe(other.integratedAddressNumber);
        expect(read.holderOf(other.individualNumber ?? '')).toBeUndefined();
        expect(read.person(other.integratedAddressNumber)?.changedAt).toBe(3000);
        await transact((tx) => tx.setSource(other.integratedAddressNumber, one.source, 3001));
        expect(read.person(other.integratedAddressNumber)?.source).toBe(one.source);
        await expect(set('000000000000000', '111111111118')).rejects.toMatchObject({
          code: 'not_found',
        });
      });

      test('change their basic items; who reads alike is found by name, birth date and sex', async () => {
        const { transact, read } = await both();
        expect(read.alike(one.integratedAddressNumber)).toEqual([]);
        const basics = { ...one.basics, kana: 'ﾐﾎﾝ ﾊﾅｺ', name: '見本花子', address: '別の所' };
        await transact((tx) =>
          tx.changeBasics(other.integratedAddressNumber, basics as typeof one.basics, 3000),
        );
        expect(read.person(other.integratedAddressNumber)?.basics).toEqual(basics);
        expect(read.alike(one.integratedAddressNumber)).toEqual([other.integratedAddressNumber]);
        await transact((tx) => tx.changeBasics(other.integratedAddressNumber, undefined, 4000));
        expect(read.alike(one.integratedAddressNumber)).toEqual([]);
      });

      test('have numbers in business systems, each system its own numbering', async () => {
        const { transact, read } = await both();
        const number = { system: 'gyomu', addressNumber: '000000000000007' };
        await transact((tx) => {
          tx.tieAddressNumber(number, one.integratedAddressNumber);
          tx.tieAddressNumber({ ...number, system: 'zei' }, other.integratedAddressNumber);
        });
        expect(read.holderOfAddressNumber(number)).toBe(one.integratedAddressNumber);
        expect(read.addressNumbersOf(one.integratedAddressNumber)).toEqual([number]);
        await transact((tx) => tx.tieAddressNumber(number, other.integratedAddressNumber));
        expect(read.addressNumbersOf(one.integratedAddressNumber)).toEqual([]);
        expect(read.addressNumbersOf(other.integratedAddressNumber)).toHaveLength(2);
        await expect(
          transact((tx) => tx.tieAddressNumber(number, '000000000000000')),
        ).rejects.toMatchObject({ code: 'not_found' });
      });

      test('that are merged have nothing left of their own, and can be brought back', async () => {
        const { transact, read } = await both();
        const [stays, goes] = [one.integratedAddressNumber, other.integratedAddressNumber];
        await expect(transact((tx) => tx.setMerged(goes, stays, 3000))).rejects.toThrow();
        await transact((tx) => {
          tx.setIndividualNumber(goes, undefined, 3000);
          tx.setMerged(goes, stays, 3000);
        });
        expect(read.person(goes)?.mergedInto).toBe(stays);
        expect(read.mergedInto(stays)).toEqual([goes]);
        await expect(
          transact((tx) => tx.addPerson({ ...other, individualNumber: undefined })),
        ).rejects.toMatchObject(conflict);
        await transact((tx) => tx.setMerged(goes, undefined, 4000));
        expect(read.mergedInto(stays)).toEqual([]);
      });

      test('a transaction that throws leaves nothing behind', async () => {
        const { transact, read } = await both();
        const failed = transact((tx) => {
          tx.addPerson({ ...third, individualNumber: '111111111118' });
          tx.changeBasics(one.integratedAddressNumber, undefined, 9);
          tx.addGrant(grant);
          tx.addChange(change);
          tx.noteAccess(access);
          tx.addPerson({ ...third, individualNumber: one.individualNumber });
        });
        await expect(failed).rejects.toMatchObject(conflict);
        expect([read.person(third.integratedAddressNumber), read.grant(grant.id)]).toEqual([
          undefined,
          undefined,
        ]);
        expect(read.person(one.integratedAddressNumber)?.basics).toEqual(one.basics);
        expect([read.change(change.id), read.accesses(0, 9)]).toEqual([undefined, []]);
      });
    });

    describe('R-502: grants', () => {
      test('count from when they are given until they are withdrawn, and stay to be seen', async () => {
        const { transact, read } = open();
        expect(await transact((tx) => tx.addGrant(grant))).toBe(true);
        expect(plain(read.grantsOf('staff', 'tanto'))).toEqual([grant]);
        expect(read.grantsOf('business-system', 'tanto')).toEqual([]);
        await transact((tx) => tx.withdrawGrant(grant.id, 'kanri', 8));
        expect(read.grantsOf('staff', 'tanto')).toEqual([]);
        expect(read.grants()).toEqual([{ ...grant, withdrawnBy: 'kanri', withdrawnAt: 8 }]);
        // The same grant does not come back: a start would undo what was withdrawn.
        expect(await transact((tx) => tx.addGrant(grant))).toBe(false);
        expect(read.grantsOf('staff', 'tanto')).toEqual([]);
        await transact((tx) => tx.withdrawGrant(grant.id, 'jocho', 9));
        expect(read.grant(grant.id)?.withdrawnBy).toBe('kanri');
      });
    });

    describe('changes', () => {
      test('are kept from proposal to end', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addChange(change));
        expect(plain(read.change(change.id))).toEqual(change);
        const update = { state: 'approved', decidedBy: 'jocho', decidedAt: 8 } as const;
        await transact((tx) => tx.updateChange(change.id, update));
        expect(read.changes(['proposed'])).toEqual([]);
        expect(plain(read.changes(['approved', 'done']))).toEqual([{ ...change, ...update }]);
        const end = { state: 'returned', conflict: { kinds: ['TM1'] } } as const;
        await transact((tx) => tx.updateChange(change.id, end));
        expect(read.change(change.id)).toMatchObject({ ...update, ...end });
      });

      test('are not approved by whoever proposed them', async () => {
        const { transact } = open();
        await transact((tx) => tx.addChange(change));
        await expect(
          transact((tx) =>
            tx.updateChange(change.id, { state: 'approved', decidedBy: 'tanto', decidedAt: 8 }),
          ),
        ).rejects.toThrow();
      });
    });

    describe('R-605: the access log', () => {
      test('is read by page, by person and by caller', async () => {
        const { transact, read } = open();
        const refused = {
          ...access,
          actor: 'gyomu',
          outcome: 'refused',
          code: 'not_found',
        } as const;
        await transact((tx) => {
          tx.noteAccess(access);
          tx.noteAccess({ ...refused, person: undefined });
          tx.noteAccess({ ...access, person: other.integratedAddressNumber, count: 3 });
        });
        expect(plain(read.accesses(0, 10).map((line) => line.access))).toEqual([
          access,
          plain({ ...refused, person: undefined }),
          { ...access, person: other.integratedAddressNumber, count: 3 },
        ]);
        expect(read.accesses(0, 2).map(({ seq }) => seq)).toEqual([1, 2]);
        expect(read.accesses(2, 10).map(({ seq }) => seq)).toEqual([3]);
        const person = one.integratedAddressNumber;
        expect(read.accesses(0, 10, { person }).map(({ seq }) => seq)).toEqual([1]);
        expect(read.accesses(0, 10, { actor: 'gyomu' }).map(({ seq }) => seq)).toEqual([2]);
        expect(read.verifyLog()).toEqual({ lines: 3, pruned: 0 });
      });

      test('goes from its beginning up to the first line that is young or held, and verifies', async () => {
        const { transact, read } = open();
        const at = (time: number, who?: string) => ({ ...access, at: time, person: who });
        await transact((tx) => {
          for (const each of [at(1), at(2, 'a'), at(3, 'b'), at(4), at(9), at(5)])
            tx.noteAccess(each);
        });
        const drop = (before: number, limit: number, ...holds: AccessHold[]) =>
          transact((tx) => tx.dropAccesses(before, holds, limit));
        const times = () => read.accesses(0, 99).map((line) => line.access.at);
        expect(read.oldestAccess()).toBe(1);
        expect(await drop(1, 99)).toBe(0);
        expect(await drop(9, 99, { person: 'a' })).toBe(1);
        expect(await drop(9, 99, { from: 2, until: 3 })).toBe(0);
        expect(await drop(9, 99, { person: 'b', from: 4 }, { person: 'a', until: 2 })).toBe(3);
        // What follows a line counts as no older, whatever its own clock said.
        expect(await drop(9, 99)).toBe(0);
        expect(times()).toEqual([9, 5]);
        expect(read.verifyLog()).toEqual({ lines: 6, pruned: 4 });
        expect(await drop(10, 1)).toBe(1);
        expect(await drop(10, 1)).toBe(1);
        await transact((tx) => tx.noteAccess(at(20)));
        expect(read.accesses(0, 99).map(({ seq }) => seq)).toEqual([7]);
        expect(read.verifyLog()).toEqual({ lines: 7, pruned: 6 });
      });
    });
  });
}
