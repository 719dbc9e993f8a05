import { RenkeiError } from '../../../protocol/errors.ts';
import type { Caller } from '../authority/caller.ts';
import { notUnderChange } from '../changes/under-change.ts';
import { access } from '../log/access.ts';
import type { AddressNumberTx } from '../ports.ts';
import type { AddressNumbers } from '../system.ts';
import { theCurrent } from './current.ts';
import { readIndividualNumber } from './individual-number.ts';
import type { Basics, Person } from './person.ts';
import { sourceOf } from './register.ts';

type Some<Of> = { readonly [Key in keyof Of]?: Of[Key] | undefined };

interface About {
  readonly affair: string;
  readonly person: string;
}

/** Changes some of the basic items. @throws RenkeiError not_found, state_conflict for the resident register’s data */
export function changeBasics(
  system: AddressNumbers,
  caller: Caller,
  { affair, person, basics }: About & { readonly basics: Some<Basics> },
): Promise<void> {
  const asked = { operation: 'persons.change', affair, person } as const;
  return access(system, caller, asked, (tx, about) => {
    const found = changeable(tx, caller, person);
    const now = { ...found.basics, ...basics };
    tx.changeBasics(found.integratedAddressNumber, whole(now), system.clock.now());
    about({ person: found.integratedAddressNumber });
  });
}

/**
 * Gives a person their individual number: the first (`assigned`), or a new one in place of the old (`changed`,
 * 番号法7条2項: the person, and so the code, stays the same).
 * @throws RenkeiError not_found, message_malformed, state_conflict
 */
export function setIndividualNumber(
  system: AddressNumbers,
  caller: Caller,
  {
    affair,
    person,
    individualNumber,
    reason,
  }: About & {
    readonly individualNumber: string;
    readonly reason: 'assigned' | 'changed';
  },
): Promise<void> {
  const asked = { operation: 'persons.change', affair, person } as const;
  return access(system, caller, asked, (tx, about) => {
    const number = readIndividualNumber(individualNumber);
    const found = changeable(tx, caller, person);
    if (found.hasIndividualNumber !== (reason === 'changed')) throw wrongReason(reason);
    tx.setIndividualNumber(found.integratedAddressNumber, number, system.clock.now());
    about({ person: found.integratedAddressNumber });
  });
}

/** What came from the resident register changes with the resident register alone. */
function changeable(tx: AddressNumberTx, caller: Caller, number: string): Person {
  const person = theCurrent(tx, number);
  notUnderChange(tx, [person.integratedAddressNumber]);
  if (person.source === 'resident-register' && sourceOf(caller) !== 'resident-register') {
    throw new RenkeiError('state_conflict', {
      ja: '住民基本台帳から来た情報は、住民基本台帳の異動によってだけ変わります',
      en: 'What came from the resident register changes with the resident register alone',
      hint: {
        ja: '住民基本台帳の異動を届け出てください',
        en: 'Have it changed in the resident register',
      },
    });
  }
  return person;
}

function whole({ name, kana, birthDate, sex, address }: Some<Basics>): Basics {
  if (name && kana && birthDate && sex && address) return { name, kana, birthDate, sex, address };
  throw new RenkeiError('state_conflict', {
    ja: '基本情報がまだないため、すべての項目が要ります',
    en: 'Nothing is held yet: all items are needed',
  });
}

const wrongReason = (reason: 'assigned' | 'changed'): RenkeiError =>
  reason === 'assigned'
    ? new RenkeiError('state_conflict', {
        ja: '個人番号はすでに登録されています',
        en: 'An individual number is registered already',
        hint: {
          ja: '番号が変わったなら changed、他人の番号だったなら分離（split）を使ってください',
          en: 'Say `changed` if the number changed; if it is another person’s, split the two',
        },
      })
    : new RenkeiError('state_conflict', {
        ja: '変わる前の個人番号がありません',
        en: 'There is no individual number that could have changed',
      });
