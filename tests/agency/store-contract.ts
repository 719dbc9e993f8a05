import { describe, expect, test } from 'vitest';
import type { AgencyStore, Inquiry, Provision } from '../../src/agency/core/ports.ts';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import { digestOf, idOf, subject } from '../support/ids.ts';
import { batchesContract } from './batches-contract.ts';
import { businessSystemsContract } from './business-systems-contract.ts';
import { copiesContract } from './copies-contract.ts';
import { draftsContract } from './drafts-contract.ts';
import { importsContract } from './imports-contract.ts';
import { inquiriesContract } from './inquiries-contract.ts';
import { keysContract } from './keys-contract.ts';
import { mediaContract } from './media-contract.ts';
import { reconciliationsContract } from './reconciliations-contract.ts';
import { reviewsContract, waiting } from './reviews-contract.ts';
import { staffContract } from './staff-contract.ts';

const PERSON = '123456789012345';
const OTHER = '543210987654321';

const asked: Inquiry = {
  id: idOf('inquiry'),
  integratedAddressNumber: PERSON,
  provider: '11202',
  affair: undefined,
  item: '25',
  information: subject.information,
  period: undefined,
  state: 'asking',
  by: 'gyomu',
  byKind: 'business-system',
  createdAt: 1_795_305_600_000,
  secret: new Uint8Array(32).fill(7),
};
const full: Inquiry = {
  ...asked,
  affair: subject.affair,
  period: { from: '2020-01-01', until: '2026-03-31' },
  state: 'refused',
  exchange: idOf('exchange'),
  subject,
  permit: 'permit',
  requestedAt: 1,
  permitExpiresAt: 2,
  code: 'refused_by_provider',
  denial: '{}',
  reason: 'restricted',
  answeredAt: 3,
  answerDigest: digestOf('answer'),
  result: new Uint8Array([1, 2, 3]),
  deleteAt: 4,
  deletedAt: 5,
  approver: 'jocho',
  decidedAt: 6,
  declineReason: new Uint8Array([4]),
  takenOverBy: 'tanto',
  takenOverAt: 7,
  confirmedBy: 'tanto2',
  confirmedAt: 8,
};
const provision: Provision = {
  subject,
  exchange: idOf('exchange'),
  person: idOf('code'),
  oneTimeKey: digestOf('key'),
  permittedAt: 10_000,
  answer: 'answer',
  sealed: 'sealed',
};
/** Fields that are absent and fields that are undefined are the same to whoever reads. */
const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));

/** What a node’s core relies on, whatever keeps it. `open` gives an empty store. */
export function agencyStoreContract(name: string, open: () => AgencyStore): void {
  describe(`an agency’s store: ${name}`, () => {
    test('an (issuer, id) is claimed once, until its time is over', async () => {
      const { transact } = open();
      await transact((tx) => tx.claim('gateway', idOf('a'), 1000));
      await expect(transact((tx) => tx.claim('gateway', idOf('a'), 1))).rejects.toMatchObject({
        code: 'message_replayed',
      });
      await transact((tx) => tx.sweep(1000));
      await expect(transact((tx) => tx.claim('gateway', idOf('a'), 1))).rejects.toThrow(
        'message_replayed',
      );
      await transact((tx) => tx.sweep(1001));
      await transact((tx) => tx.claim('gateway', idOf('a'), 1));
    });

    test('a transaction that throws leaves nothing behind, of all that it did', async () => {
      const { transact, read } = open();
      const failed = transact((tx) => {
        tx.claim('gateway', idOf('a'), 1);
        tx.addAcquisition(idOf('acquisition'), PERSON, 1);
        tx.takeCode(idOf('acquisition'), idOf('code'));
        tx.addInquiry(asked);
        tx.putCopy({
          integratedAddressNumber: PERSON,
          information: subject.information,
          layoutVersion: 'X-1',
          records: '[]',
          autoResponseDisabled: false,
          nonDisclosable: false,
        });
        tx.addProvision(provision);
        tx.addReview(waiting);
        tx.addOutgoing({ exchange: idOf('exchange'), answer: 'answer' });
        tx.record({ kind: 'answered', at: 1 });
        tx.putDocument(digestOf('a'), 'text');
        tx.setMeta('directory', 'statement');
        throw new Error('on the way');
      });
      await expect(failed).rejects.toThrow('on the way');
      expect([
        read.codeOf(PERSON),
        read.inquiry(asked.id),
        read.copy(PERSON, subject.information, '2026-04-01'),
        read.provision(provision.exchange),
        read.review(waiting.exchange),
        read.document(digestOf('a')),
        read.meta('directory'),
      ]).toEqual(new Array(7).fill(undefined));
      expect([read.outgoing(), read.records(0, 10), read.inquiriesIn(['asking'])]).toEqual([
        [],
        [],
        [],
      ]);
      await transact((tx) => tx.claim('gateway', idOf('a'), 1));
      expect(await transact((tx) => tx.takeCode(idOf('acquisition'), idOf('code')))).toBe(false);
    });

    describe('codes', () => {
      test('are taken under an acquisition number, which is forgotten with its use', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addAcquisition(idOf('a'), PERSON, 100));
        expect(await transact((tx) => tx.takeCode(idOf('a'), idOf('code')))).toBe(true);
        expect(read.codeOf(PERSON)).toBe(idOf('code'));
        expect(read.personOf(idOf('code'))).toBe(PERSON);
        expect(await transact((tx) => tx.takeCode(idOf('a'), idOf('other code')))).toBe(false);
        expect(read.codeOf(PERSON)).toBe(idOf('code'));
      });

      test('one use forgets all acquisition numbers of that person, and of nobody else', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          tx.addAcquisition(idOf('first'), PERSON, 100);
          tx.addAcquisition(idOf('second'), PERSON, 100);
          tx.addAcquisition(idOf('other'), OTHER, 100);
        });
        expect(await transact((tx) => tx.takeCode(idOf('second'), idOf('code')))).toBe(true);
        expect(await transact((tx) => tx.takeCode(idOf('first'), idOf('late code')))).toBe(false);
        expect(await transact((tx) => tx.takeCode(idOf('other'), idOf('other code')))).toBe(true);
        expect(read.codeOf(OTHER)).toBe(idOf('other code'));
        expect(read.personOf(idOf('late code'))).toBeUndefined();
      });

      test('of one person are never given to another, and a person keeps the code that they have', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          tx.addAcquisition(idOf('a'), PERSON, 100);
          tx.takeCode(idOf('a'), idOf('code'));
          tx.addAcquisition(idOf('b'), OTHER, 100);
          tx.addAcquisition(idOf('c'), PERSON, 100);
        });
        expect(await transact((tx) => tx.takeCode(idOf('b'), idOf('code')))).toBe(false);
        expect(await transact((tx) => tx.takeCode(idOf('c'), idOf('new code')))).toBe(false);
        expect([read.personOf(idOf('code')), read.codeOf(PERSON), read.codeOf(OTHER)]).toEqual([
          PERSON,
          idOf('code'),
          undefined,
        ]);
      });

      test('that nobody minted in time are waited for no longer', async () => {
        const { transact } = open();
        await transact((tx) => tx.addAcquisition(idOf('a'), PERSON, 1000));
        await transact((tx) => tx.sweep(1001));
        expect(await transact((tx) => tx.takeCode(idOf('a'), idOf('code')))).toBe(false);
      });
    });

    describe('inquiries', () => {
      test.each([
        ['with the least', asked],
        ['with every field', full],
      ])('come back as they were added: %s', async (_, inquiry) => {
        const { transact, read } = open();
        await transact((tx) => tx.addInquiry(inquiry));
        const found = read.inquiry(inquiry.id);
        expect(plain(found)).toEqual(plain(inquiry));
        expect(found?.secret).toEqual(inquiry.secret);
        expect(read.inquiry(idOf('none'))).toBeUndefined();
      });

      test('are found by their exchange, which belongs to one of them', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addInquiry(full));
        expect(read.inquiryByExchange(idOf('exchange'))?.id).toBe(full.id);
        expect(read.inquiryByExchange(idOf('none'))).toBeUndefined();
        await expect(
          transact((tx) => tx.addInquiry({ ...full, id: idOf('another') })),
        ).rejects.toThrow();
        await expect(
          transact((tx) => tx.addInquiry({ ...full, exchange: idOf('x') })),
        ).rejects.toThrow();
      });

      test('change in every field that may change, and in no other', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addInquiry(asked));
        const {
          id,
          integratedAddressNumber,
          provider,
          affair,
          item,
          information,
          period,
          by,
          byKind,
          createdAt,
          ...change
        } = full;
        await transact((tx) =>
          tx.changeInquiry(id, { ...change, secret: new Uint8Array(32).fill(9) }),
        );
        const kept = {
          affair: asked.affair,
          period: asked.period,
          secret: new Uint8Array(32).fill(9),
        };
        expect(plain(read.inquiry(id))).toEqual(plain({ ...full, ...kept }));
        expect([
          integratedAddressNumber,
          provider,
          affair,
          item,
          information,
          period,
          by,
          byKind,
          createdAt,
        ]).toHaveLength(9);
      });

      test('a change keeps what it does not name, and takes away what it names as undefined', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addInquiry(full));
        await transact((tx) => tx.changeInquiry(full.id, { state: 'open' }));
        expect(plain(read.inquiry(full.id))).toEqual(plain({ ...full, state: 'open' }));
        await transact((tx) =>
          tx.changeInquiry(full.id, {
            state: 'open',
            secret: undefined,
            code: undefined,
            result: undefined,
          }),
        );
        const { secret, code, result, ...rest } = full;
        expect(plain(read.inquiry(full.id))).toEqual(plain({ ...rest, state: 'open' }));
        expect([secret, code, result]).not.toContain(undefined);
        await expect(
          transact((tx) => tx.changeInquiry(idOf('none'), { state: 'open' })),
        ).rejects.toMatchObject({ code: 'not_found' });
      });

      test('are listed by state, oldest first', async () => {
        const { transact, read } = open();
        await transact((tx) => {
          for (const [id, state, createdAt] of [
            ['c', 'open', 3],
            ['a', 'pending', 1],
            ['b', 'provided', 2],
            ['d', 'open', 2],
          ] as const) {
            tx.addInquiry({ ...asked, id: idOf(id), state, createdAt });
          }
        });
        expect(read.inquiriesIn(['open', 'pending']).map(({ id }) => id)).toEqual(
          ['a', 'd', 'c'].map(idOf),
        );
        expect(read.inquiriesIn(['denied'])).toEqual([]);
        expect(read.inquiriesIn([])).toEqual([]);
      });
    });

    describe('copies', () => copiesContract(open));
    describe('imports of copies', () => importsContract(open));
    describe('batches', () => batchesContract(open));
    describe('drafts of copies', () => draftsContract(open));
    describe('external media', () => mediaContract(open));
    describe('reconciliations of copies', () => reconciliationsContract(open));
    inquiriesContract(open);
    businessSystemsContract(open);

    describe('provisions', () => {
      test('come back as they were added; an exchange has one', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addProvision(provision));
        expect(read.provision(provision.exchange)).toEqual(provision);
        await expect(transact((tx) => tx.addProvision(provision))).rejects.toThrow();
        await transact((tx) => tx.changeAnswer(provision.exchange, 'later', undefined));
        expect(plain(read.provision(provision.exchange))).toEqual(
          plain({ ...provision, answer: 'later', sealed: undefined }),
        );
        await transact((tx) => tx.changeAnswer(provision.exchange, 'last', 'sealed again'));
        expect(read.provision(provision.exchange)).toMatchObject({
          answer: 'last',
          sealed: 'sealed again',
        });
      });

      test('sealed bytes are kept an hour, as long as a permit may last at most, and the answer for good', async () => {
        const { transact, read } = open();
        await transact((tx) => tx.addProvision(provision));
        await transact((tx) => tx.sweep((provision.permittedAt + 3600) * 1000));
        expect(read.provision(provision.exchange)?.sealed).toBe('sealed');
        await transact((tx) => tx.sweep((provision.permittedAt + 3601) * 1000));
        expect(plain(read.provision(provision.exchange))).toEqual(
          plain({ ...provision, sealed: undefined }),
        );
      });
    });

    describe('reviews', () => reviewsContract(open));
    staffContract(name, open);

    describe('signing keys', () => keysContract(open));

    test('what waits to go out is listed in the order in which it came, until it is dropped', async () => {
      const { transact, read } = open();
      const [first, second] = [
        { exchange: idOf('b'), answer: 'b', sealed: 'sealed' },
        { exchange: idOf('a'), answer: 'a', sealed: undefined },
      ];
      await transact((tx) => tx.addOutgoing(first));
      await transact((tx) => tx.addOutgoing(second));
      expect(read.outgoing()).toEqual([first, second]);
      await transact((tx) => tx.dropOutgoing(idOf('b')));
      expect(read.outgoing()).toEqual([second]);
      await transact((tx) => tx.dropOutgoing(idOf('none')));
    });

    test('records are read in the order in which they were written, and what is no record is not written', async () => {
      const { transact, read } = open();
      const records: ProvisionRecord[] = [
        {
          kind: 'answered',
          at: 2,
          exchange: idOf('a'),
          ...subject,
          outcome: 'provided',
          person: idOf('code'),
          nonDisclosable: true,
        },
        { kind: 'reviewed', at: 1, staff: 'tanto' },
      ];
      for (const record of records) await transact((tx) => tx.record(record));
      const all = read.records(0, 10);
      expect(all.map(({ record }) => record)).toEqual(records);
      expect(read.records(all[0]?.seq ?? 0, 10)).toEqual(all.slice(1));
      const wrong: object = { kind: 'answered', at: 1, name: '見本 太郎' };
      await expect(transact((tx) => tx.record(wrong as ProvisionRecord))).rejects.toThrow();
      expect(read.records(0, 10)).toHaveLength(2);
    });

    test('documents are kept by their digest, notes by their name', async () => {
      const { transact, read } = open();
      await transact((tx) => {
        tx.putDocument(digestOf('a'), '文書');
        tx.setMeta('directory', 'first');
        tx.setMeta('directory', 'second');
      });
      expect([read.document(digestOf('a')), read.document(digestOf('b'))]).toEqual([
        '文書',
        undefined,
      ]);
      expect([read.meta('directory'), read.meta('other')]).toEqual(['second', undefined]);
    });
  });
}
