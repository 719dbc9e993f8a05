import { text } from '../../service/sqlite/columns.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { AgencyTx } from '../core/ports.ts';

type Persons = Pick<AgencyTx, 'codeOf' | 'personOf' | 'addAcquisition' | 'takeCode'>;

/** Who is known here by which code: integrated address numbers, never individual numbers. */
export function personTables({ one, write }: Statements) {
  const addAcquisition = write('INSERT INTO acquisitions VALUES (?, ?, ?)');
  const personBehind = one('SELECT person FROM acquisitions WHERE acquisition = ?', (row) =>
    text(row, 'person'),
  );
  const forget = write('DELETE FROM acquisitions WHERE person = ?');
  const addPerson = write('INSERT INTO persons VALUES (?, ?) ON CONFLICT DO NOTHING');
  const sweepAcquisitions = write('DELETE FROM acquisitions WHERE keep_until < ?');
  const persons: Persons = {
    codeOf: one('SELECT code FROM persons WHERE person = ?', (row) => text(row, 'code')),
    personOf: one('SELECT person FROM persons WHERE code = ?', (row) => text(row, 'person')),
    addAcquisition(acquisition, person, keepUntil) {
      addAcquisition(acquisition, person, keepUntil);
    },
    takeCode(acquisition, code) {
      const person = personBehind(acquisition);
      if (person === undefined) return false;
      forget(person);
      return addPerson(person, code) === 1;
    },
  };
  return { ...persons, sweepAcquisitions };
}
