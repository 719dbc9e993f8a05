import { integer, text } from '../../service/sqlite/columns.ts';
import type { Statements } from '../../service/sqlite/statements.ts';
import type { PersonChangeTx } from '../core/persons/ports.ts';

const PERSON = "ask ->> '$.integratedAddressNumber'";
const counted = (row: Parameters<typeof integer>[0]): number => integer(row, 'count');

/** Persons that are merged and split: whatever names one takes the other’s number. */
export function personChangeTables({ one, many, write }: Statements): PersonChangeTx {
  const add = write('INSERT INTO person_changes VALUES (?, ?, ?, ?)');
  const addMerged = write('INSERT INTO merged_numbers VALUES (?, ?)');
  const redirect = write('UPDATE merged_numbers SET stands_for = ? WHERE stands_for = ?');
  const dropMerged = write('DELETE FROM merged_numbers WHERE number = ?');
  const moveCode = write('UPDATE persons SET person = ? WHERE person = ?');
  const dropCode = write('DELETE FROM persons WHERE person = ?');
  const moveAcquisitions = write('UPDATE acquisitions SET person = ? WHERE person = ?');
  const dropAcquisitions = write('DELETE FROM acquisitions WHERE person = ?');
  const moveCopies = write('UPDATE copies SET person = ? WHERE information = ? AND person = ?');
  const dropCopies = write('DELETE FROM copies WHERE information = ? AND person = ?');
  const moveDrafts = write(
    `UPDATE copy_drafts SET person = :to,
       proposal = json_set(proposal, '$.integratedAddressNumber', :to)
     WHERE person = :from AND state IN ('entered', 'checked') AND (:only IS NULL OR information = :only)`,
  );
  const moveInquiries = write(
    `UPDATE inquiries SET ask = json_set(ask, '$.integratedAddressNumber', :to) WHERE ${PERSON} = :from`,
  );
  const moveReviews = write('UPDATE reviews SET person = ? WHERE person = ?');
  const openInquiries = one(
    `SELECT count(*) AS count FROM inquiries
     WHERE ${PERSON} = ? AND state IN ('asking', 'permitted', 'pending', 'open')`,
    counted,
  );
  const openReviews = one(
    `SELECT count(*) AS count FROM reviews WHERE person = ? AND state IN ('waiting', 'entered', 'reviewed', 'returned')`,
    counted,
  );
  const withResults = many(
    `SELECT exchange FROM inquiries WHERE ${PERSON} = ? AND result IS NOT NULL AND exchange IS NOT NULL
     ORDER BY exchange`,
    (row) => text(row, 'exchange'),
  );
  const eraseResults = write(
    `UPDATE inquiries SET result = NULL WHERE ${PERSON} = ? AND result IS NOT NULL`,
  );
  return {
    personChange: one('SELECT request, result FROM person_changes WHERE id = ?', (row) => ({
      request: text(row, 'request'),
      result: JSON.parse(text(row, 'result')),
    })),
    mergedInto: one('SELECT stands_for FROM merged_numbers WHERE number = ?', (row) =>
      text(row, 'stands_for'),
    ),
    underWay: (person) => ({
      inquiries: openInquiries(person) ?? 0,
      reviews: openReviews(person) ?? 0,
    }),
    addPersonChange(id, request, result, at) {
      add(id, request, JSON.stringify(result), at);
    },
    addMerged(number, into) {
      redirect(into, number);
      addMerged(number, into);
    },
    dropMerged(number) {
      dropMerged(number);
    },
    moveCode(from, to) {
      moveCode(to, from);
      moveAcquisitions(to, from);
    },
    dropCode(person) {
      dropAcquisitions(person);
      return dropCode(person) === 1;
    },
    moveCopies: (information, from, to) => moveCopies(to, information, from),
    dropCopies: (information, person) => dropCopies(information, person),
    moveDrafts: (from, to, information) => moveDrafts({ from, to, only: information ?? null }),
    moveInquiries: (from, to) => moveInquiries({ from, to }),
    moveReviews: (from, to) => moveReviews(to, from),
    eraseResults(person) {
      const exchanges = withResults(person);
      eraseResults(person);
      return exchanges;
    },
  };
}
