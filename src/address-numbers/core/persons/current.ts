import { RenkeiError } from '../../../protocol/errors.ts';
import type { Person } from './person.ts';
import type { PersonReads } from './ports.ts';

/** The person behind a number, also behind one that was merged into another. @throws RenkeiError not_found */
export function theCurrent(reads: PersonReads, integratedAddressNumber: string): Person {
  const found = reads.person(integratedAddressNumber);
  const person = found?.mergedInto === undefined ? found : reads.person(found.mergedInto);
  if (!person) throw new RenkeiError('not_found');
  return person;
}
