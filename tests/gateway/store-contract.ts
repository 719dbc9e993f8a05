import { describe, expect, test } from 'vitest';
import type { Exchange, GatewayStore } from '../../src/gateway/core/ports.ts';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';

const exchangeOf = (label: string, change: Partial<Exchange> = {}): Exchange => ({
  ...subject,
  id: idOf(label),
  state: 'permitted',
  asked: false,
  permitDigest: digestOf(`permit ${label}`),
  requestedAt: 1_795_305_600,
  expiresAt: 1_795_305_660,
  oneTimeKey: digestOf(`key ${label}`),
  person: digestOf(`person ${label}`),
  answerDigest: undefined,
  ...change,
});

/** What the gateway’s core relies on, whatever keeps it. `open` gives an empty store. */
export function gatewayStoreContract(name: string, open: () => GatewayStore): void {
  describe(`the gateway’s store: ${name}`, () => {
    describe('replay', () => {
      test('an (issuer, id) is claimed once; another issuer’s same id is another', async () => {
        const { transact } = open();
        await transact((tx) => tx.claim('11202', idOf('a'), 100));
        await expect(transact((tx) => tx.claim('11202', idOf('a'), 100))).rejects.toMatchObject({
          code: 'message_replayed',
        });
        await transact((tx) => tx.claim('32201', idOf('a'), 100));
        await transact((tx) => tx.claim('11202', idOf('b'), 100));
      });

      test('within one transaction, and among many at once, still once', async () => {
        const { transact } = open();
        const claims = Array.from({ length: 20 }, () =>
          transact((tx) => tx.claim('11202', idOf('a'), 1)),
        );
        const settled = await Promise.allSettled(claims);
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        await expect(
          transact((tx) => {
            tx.claim('11202', idOf('b'), 1);
            tx.claim('11202', idOf('b'), 1);
          }),
        ).rejects.toMatchObject({ code: 'message_replayed' });
        await transact((tx) => tx.claim('11202', idOf('b'), 1));
      });

      test('is remembered through the last millisecond of its time, and then forgotten', async () => {
        const { transact } = open();
        await transact((tx) => tx.claim('11202', idOf('a'), 1000));
        await transact((tx) => tx.sweep(1000));
        await expect(transact((tx) => tx.claim('11202', idOf('a'), 1))).rejects.toThrow(
          'message_replayed',
        );
        await transact((tx) => tx.sweep(1001));
        await transact((tx) => tx.claim('11202', idOf('a'), 1));
      });
    });

    describe('a transaction', () => {
      test('that throws leaves nothing behind, of all that it did', async () => {
        const { transact, read } = open();
        const failed = transact((tx) => {
          tx.claim('11202', idOf('a'), 1);
          tx.putCode('11202', idOf('code'), digestOf('person'));
          tx.addExchange(exchangeOf('a'));
          tx.keep('32201', { exchange: idOf('a'), answer: 'answer' }, 1);
          tx.record({ kind: 'permitted', at: 1, exchange: idOf('a') });
          tx.setMeta('lists', '1 digest');
          expect(tx.exchange(idOf('a'))).toBeDefined();
          throw new Error('on the way');
        });
        await expect(failed).rejects.toThrow('on the way');
        expect(read.personOf('11202', idOf('code'))).toBeUndefined();
        expect(read.exchange(idOf('a'))).toBeUndefined();
        expect(read.kept('32201', 10)).toEqual([]);
        expect(read.records(0, 10)).toEqual([]);
        expect(read.meta('lists')).toBeUndefined();
        await transact((tx) => tx.claim('11202', idOf('a'), 1));
      });

      test('that throws takes nothing of those that share its commit with it', async () => {
        const { transact, read } = open();
        const works = ['a', 'b', 'c', 'd'].map((label) =>
          transact((tx) => {
            tx.addExchange(exchangeOf(label));
            if (label === 'b' || label === 'd') throw new Error(label);
            return label;
          }),
        );
        const settled = await Promise.allSettled(works);
        expect(settled.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'rejected',
        ]);
        for (const label of ['a', 'c']) expect(read.exchange(idOf(label))).toBeDefined();
        for (const label of ['b', 'd']) expect(read.exchange(idOf(label))).toBeUndefined();
      });

      test('returns what its work returns', async () => {
        expect(await open().transact(() => 42)).toBe(42);
      });

      test('is the only place to write', () => {
        const { read } = open();
        const writer: object = read;
        if (!('setMeta' in writer) || typeof writer.setMeta !== 'function') return;
        const { setMeta } = writer;
        expect(() => setMeta('key', 'value')).toThrow();
        expect(read.meta('key')).toBeUndefined();
      });
    });

    describe('codes', () => {
      test('are found both ways, for their own agency only', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          tx.putCode('11202', idOf('code a'), digestOf('person'));
          tx.putCode('32201', idOf('code b'), digestOf('person'));
        });
        expect(read.personOf('11202', idOf('code a'))).toBe(digestOf('person'));
        expect(read.codeOf('11202', digestOf('person'))).toBe(idOf('code a'));
        expect(read.codeOf('32201', digestOf('person'))).toBe(idOf('code b'));
        expect(read.personOf('32201', idOf('code a'))).toBeUndefined();
        expect(read.codeOf('90004', digestOf('person'))).toBeUndefined();
      });

      test('one per person and agency, one person per code: what comes second changes nothing', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.putCode('11202', idOf('code'), digestOf('person')));
        await transact((tx) => tx.putCode('11202', idOf('code'), digestOf('person')));
        await transact((tx) => tx.putCode('11202', idOf('another'), digestOf('person')));
        await transact((tx) => tx.putCode('11202', idOf('code'), digestOf('somebody else')));
        expect(read.codeOf('11202', digestOf('person'))).toBe(idOf('code'));
        expect(read.personOf('11202', idOf('code'))).toBe(digestOf('person'));
        expect(read.personOf('11202', idOf('another'))).toBeUndefined();
        expect(read.codeOf('11202', digestOf('somebody else'))).toBeUndefined();
      });
    });

    describe('exchanges', () => {
      test.each([
        ['without a period', {}],
        ['with a period', { period: { from: '2020-01-01', until: '2026-03-31' } }],
        ['with half a period', { period: { from: '2020-01-01' } }],
      ])('come back as they were added, by id and by permit: %s', async (_, change) => {
        const { transact, read } = open();
        const exchange = exchangeOf('a', change);
        await transact((tx) => tx.addExchange(exchange));
        expect(read.exchange(exchange.id)).toEqual(exchange);
        expect(read.exchangeByPermit(exchange.permitDigest)).toEqual(exchange);
        expect(read.exchange(idOf('b'))).toBeUndefined();
        expect(read.exchangeByPermit(digestOf('b'))).toBeUndefined();
      });

      test('neither an id nor a permit names two', async () => {
        const { transact } = open();
        await transact((tx) => tx.addExchange(exchangeOf('a')));
        await expect(
          transact((tx) => tx.addExchange(exchangeOf('a', { permitDigest: digestOf('x') }))),
        ).rejects.toThrow();
        await expect(
          transact((tx) => tx.addExchange(exchangeOf('a', { id: idOf('x') }))),
        ).rejects.toThrow();
      });

      test('move only from the state that they are in', async () => {
        const { transact, read } = open();
        const { id } = exchangeOf('a');
        await transact((tx) => tx.addExchange(exchangeOf('a')));
        const states = ['permitted', 'asking', 'pending', 'answered'] as const;
        for (const present of states) {
          for (const from of states.filter((state) => state !== present)) {
            await expect(
              transact((tx) => tx.moveExchange(id, from, 'answered', digestOf('x'))),
            ).rejects.toMatchObject({ code: 'permit_already_used' });
          }
          expect(read.exchange(id)).toMatchObject({ state: present });
          const next = states[states.indexOf(present) + 1];
          if (next) await transact((tx) => tx.moveExchange(id, present, next));
        }
        await expect(
          transact((tx) => tx.moveExchange(idOf('none'), 'permitted', 'asking')),
        ).rejects.toThrow('permit_already_used');
      });

      test('moved by twenty at once, by one', async () => {
        const { transact } = open();
        await transact((tx) => tx.addExchange(exchangeOf('a')));
        const moves = Array.from({ length: 20 }, () =>
          transact((tx) => tx.moveExchange(idOf('a'), 'permitted', 'asking')),
        );
        const settled = await Promise.allSettled(moves);
        expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      });

      test('the digest of the answer is kept with the move, and a later one takes its place', async () => {
        const { transact, read } = open();
        const { id } = exchangeOf('a');
        await transact((tx) => tx.addExchange(exchangeOf('a')));
        await transact((tx) => tx.moveExchange(id, 'permitted', 'pending', digestOf('first')));
        expect(read.exchange(id)?.answerDigest).toBe(digestOf('first'));
        await transact((tx) => tx.moveExchange(id, 'pending', 'answered', digestOf('last')));
        expect(read.exchange(id)).toMatchObject({
          state: 'answered',
          answerDigest: digestOf('last'),
        });
      });

      test('after a crash, what was being asked can be asked again, and nothing else', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          for (const state of ['permitted', 'asking', 'pending', 'answered'] as const) {
            tx.addExchange(exchangeOf(state));
            if (state !== 'permitted') tx.moveExchange(idOf(state), 'permitted', state);
          }
        });
        expect(await transact((tx) => tx.reopenExchanges(new Set([idOf('asking')])))).toBe(0);
        expect(await transact((tx) => tx.reopenExchanges(new Set()))).toBe(1);
        expect(read.exchange(idOf('asking'))).toMatchObject({ state: 'permitted', asked: true });
        for (const state of ['permitted', 'pending', 'answered']) {
          expect(read.exchange(idOf(state))?.state).toBe(state);
        }
      });
    });

    describe('kept answers', () => {
      const answer = (label: string) => ({
        exchange: idOf(label),
        answer: `answer ${label}`,
        sealed: label === 'b' ? undefined : `sealed ${label}`,
      });

      test('are handed over in the order in which they came, to their inquirer, as many as asked for', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          for (const label of ['c', 'a', 'b']) tx.keep('32201', answer(label), 100);
          tx.keep('11202', answer('d'), 100);
        });
        expect(read.kept('32201', 10)).toEqual(['c', 'a', 'b'].map(answer));
        expect(read.kept('32201', 2)).toEqual(['c', 'a'].map(answer));
        expect(read.kept('11202', 10)).toEqual([answer('d')]);
        expect(read.kept('90004', 10)).toEqual([]);
      });

      test('a later answer in the same exchange takes the place of an earlier', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.keep('32201', answer('a'), 100));
        await transact((tx) => tx.keep('32201', { ...answer('a'), answer: 'last' }, 100));
        expect(read.kept('32201', 10).map((each) => each.answer)).toEqual(['last']);
      });

      test('are dropped once, by their own inquirer only', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.keep('32201', answer('a'), 100));
        expect(await transact((tx) => tx.drop('11202', idOf('a')))).toBe(false);
        expect(await transact((tx) => tx.drop('32201', idOf('a')))).toBe(true);
        expect(await transact((tx) => tx.drop('32201', idOf('a')))).toBe(false);
        expect(read.kept('32201', 10)).toEqual([]);
      });

      test('are forgotten when their time is over, and not before', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          tx.keep('32201', answer('a'), 1000);
          tx.keep('32201', answer('b'), 2000);
        });
        await transact((tx) => tx.sweep(1000));
        expect(read.kept('32201', 10)).toHaveLength(2);
        await transact((tx) => tx.sweep(1001));
        expect(read.kept('32201', 10).map(({ exchange }) => exchange)).toEqual([idOf('b')]);
      });
    });

    describe('records', () => {
      const record = (label: string): ProvisionRecord => ({
        kind: 'answered',
        at: 1,
        exchange: idOf(label),
        ...subject,
        outcome: 'provided',
      });

      test('are read in the order in which they were written, a page at a time, with all their fields', async () => {
        const { transact, read } = open();
        for (const label of ['c', 'a', 'b']) await transact((tx) => tx.record(record(label)));
        const all = read.records(0, 10);
        expect(all.map((each) => each.record)).toEqual(['c', 'a', 'b'].map(record));
        expect(all.map(({ seq }) => seq)).toEqual(
          [...all.map(({ seq }) => seq)].sort((a, b) => a - b),
        );
        expect(read.records(all[0]?.seq ?? 0, 1)).toEqual(all.slice(1, 2));
        expect(read.records(all[2]?.seq ?? 0, 10)).toEqual([]);
      });

      test('what is no record is not written', async () => {
        const { transact, read } = open();
        for (const wrong of [
          { ...record('a'), individualNumber: '123456789018' },
          { ...record('a'), kind: 'something' },
          { ...record('a'), at: -1 },
          { ...record('a'), inquirer: '1' },
        ]) {
          const given: object = wrong;
          await expect(transact((tx) => tx.record(given as ProvisionRecord))).rejects.toThrow();
        }
        expect(read.records(0, 10)).toEqual([]);
      });

      test('are never taken away, whatever is swept', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.record(record('a')));
        await transact((tx) => tx.sweep(Number.MAX_SAFE_INTEGER));
        expect(read.records(0, 10)).toHaveLength(1);
      });
    });

    test('what is noted under a name is the last that was noted', async () => {
      const { transact, read } = open();
      expect(read.meta('lists')).toBeUndefined();
      await transact((tx) => tx.setMeta('lists', '1 a'));
      await transact((tx) => {
        tx.setMeta('lists', '2 b');
        expect(tx.meta('lists')).toBe('2 b');
      });
      expect(read.meta('lists')).toBe('2 b');
    });
  });
}
