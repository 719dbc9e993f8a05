import { RenkeiError } from '../../protocol/errors.ts';
import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import { likenessOf } from '../core/persons/identity.ts';
import type { Basics, Person, Registration, Source } from '../core/persons/person.ts';
import type { PersonTx } from '../core/persons/ports.ts';
import type { RowSealer } from './sealed.ts';

const integrated = (row: Row): string => text(row, 'integrated');

/** Persons: numbers and basic items sealed, numbers found by keyed digest. */
export function personTable({ one, many, write }: Statements, sealer: RowSealer): PersonTx {
  const person = one('SELECT * FROM persons WHERE integrated = ?', (row) => personOf(row, sealer));
  const isThere = one('SELECT integrated FROM persons WHERE integrated = ?', integrated);
  const numberOf = one(
    'SELECT integrated, number FROM persons WHERE integrated = ? AND number IS NOT NULL',
    (row) => sealer.openNumber(integrated(row), bytes(row, 'number')),
  );
  const byDigest = one('SELECT integrated FROM persons WHERE number_digest = ?', integrated);
  const byOwnNumber = one(
    'SELECT integrated FROM address_numbers WHERE system = ? AND number = ?',
    integrated,
  );
  const add = write(
    `INSERT INTO persons (integrated, source, number, number_digest, basics, likeness, registered_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const setNumber = write(
    'UPDATE persons SET number = ?, number_digest = ?, changed_at = ? WHERE integrated = ?',
  );
  const setBasics = write(
    'UPDATE persons SET basics = ?, likeness = ?, changed_at = ? WHERE integrated = ?',
  );
  const setMerged = write(
    'UPDATE persons SET merged_into = ?, changed_at = ? WHERE integrated = ?',
  );
  const setSource = write('UPDATE persons SET source = ?, changed_at = ? WHERE integrated = ?');
  const tie = write(
    `INSERT INTO address_numbers VALUES (?, ?, ?)
     ON CONFLICT (system, number) DO UPDATE SET integrated = excluded.integrated`,
  );
  const sealedNumber = (whose: string, number: string | undefined) =>
    number === undefined
      ? [null, null]
      : [sealer.sealNumber(whose, number), sealer.digestOf(number)];
  const sealedBasics = (whose: string, basics: Basics | undefined) =>
    basics ? [sealer.sealBasics(whose, basics), sealer.likeness(likenessOf(basics))] : [null, null];
  const holderOf = (number: string) => byDigest(sealer.digestOf(number));
  /** Registered before just so. */
  const isSame = (it: Registration) =>
    person(it.integratedAddressNumber)?.mergedInto === undefined &&
    numberOf(it.integratedAddressNumber) === it.individualNumber &&
    person(it.integratedAddressNumber) !== undefined;
  return {
    person,
    individualNumberOf: numberOf,
    holderOf,
    holderOfAddressNumber: ({ system, addressNumber }) => byOwnNumber(system, addressNumber),
    addressNumbersOf: many(
      'SELECT system, number FROM address_numbers WHERE integrated = ? ORDER BY system, number',
      (row) => ({ system: text(row, 'system'), addressNumber: text(row, 'number') }),
    ),
    mergedInto: many(
      'SELECT integrated FROM persons WHERE merged_into = ? ORDER BY integrated',
      integrated,
    ),
    alike: many(
      `SELECT other.integrated FROM persons AS it JOIN persons AS other USING (likeness)
       WHERE it.integrated = ? AND other.integrated <> it.integrated ORDER BY other.integrated`,
      integrated,
    ),
    addPerson(it) {
      const whose = it.integratedAddressNumber;
      const number = sealedNumber(whose, it.individualNumber);
      const basics = sealedBasics(whose, it.basics);
      const added = add(whose, it.source, ...number, ...basics, it.at, it.at);
      if (added === 0 && !isSame(it)) throw registered();
    },
    changeBasics(whose, basics, at) {
      if (setBasics(...sealedBasics(whose, basics), at, whose) === 0) throw notThere();
    },
    setIndividualNumber(whose, number, at) {
      const holder = number === undefined ? undefined : holderOf(number);
      if (holder !== undefined && holder !== whose) throw registered();
      if (setNumber(...sealedNumber(whose, number), at, whose) === 0) throw notThere();
    },
    setSource(whose, source, at) {
      if (setSource(source, at, whose) === 0) throw notThere();
    },
    tieAddressNumber({ system, addressNumber }, whose) {
      if (isThere(whose) === undefined) throw notThere();
      tie(system, addressNumber, whose);
    },
    setMerged(whose, into, at) {
      if (setMerged(into ?? null, at, whose) === 0) throw notThere();
    },
  };
}

function personOf(row: Row, sealer: RowSealer): Person {
  const number = integrated(row);
  const basics = nullable(row, 'basics', bytes);
  return {
    integratedAddressNumber: number,
    source: text(row, 'source') as Source,
    hasIndividualNumber: row.number !== null,
    basics: basics && sealer.openBasics(number, basics),
    registeredAt: integer(row, 'registered_at'),
    changedAt: integer(row, 'changed_at'),
    mergedInto: nullable(row, 'merged_into', text),
  };
}

const registered = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: 'この番号の人はすでに登録されています',
    en: 'Somebody with this number is registered already',
    hint: {
      ja: '個人番号から統合宛名番号を調べてください（find）',
      en: 'Look up the integrated address number by the individual number (find)',
    },
  });

const notThere = (): RenkeiError => new RenkeiError('not_found');
