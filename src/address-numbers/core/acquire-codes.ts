import { numericDate } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { REGISTRY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { codeRequest } from '../../protocol/messages/code-request.ts';
import type { Caller } from './authority/caller.ts';
import { access, refuse } from './log/access.ts';
import { theCurrent } from './persons/current.ts';
import type { AddressNumbers } from './system.ts';

const AT_ONCE = 500;

/**
 * Acquires codes for persons of this agency: the node makes acquisition numbers, this system adds the
 * individual numbers, the registry and the gateway do the rest. Asking for a person twice changes nothing.
 * @returns how many persons have a new code
 */
export async function acquireCodes(
  system: AddressNumbers,
  persons: readonly string[],
): Promise<number> {
  let acquired = 0;
  for (let start = 0; start < persons.length; start += AT_ONCE) {
    const begun = await system.node.beginAcquisition(persons.slice(start, start + AT_ONCE));
    if (begun.length > 0) acquired += await system.registry(await requestFor(system, begun));
  }
  return acquired;
}

/** The same for a caller, on record person by person before anything is sent. */
export async function acquireFor(
  system: AddressNumbers,
  caller: Caller,
  { affair, persons }: { readonly affair: string; readonly persons: readonly string[] },
): Promise<number> {
  const asked = { operation: 'persons.acquire', affair } as const;
  const current = await access(system, caller, asked, (tx, about) =>
    persons.map((number) => {
      const person = theCurrent(tx, number).integratedAddressNumber;
      if (!theCurrent(tx, number).hasIndividualNumber) throw withoutNumber();
      about({ person });
      return person;
    }),
  );
  try {
    return await acquireCodes(system, current);
  } catch (error) {
    throw await refuse(system, caller, asked, error);
  }
}

const withoutNumber = (): RenkeiError =>
  new RenkeiError('state_conflict', {
    ja: '個人番号のない人の識別符号は取得できません',
    en: 'A person without an individual number gets no code',
  });

function requestFor(
  system: AddressNumbers,
  begun: readonly { integratedAddressNumber: string; acquisition: string }[],
): Promise<string> {
  const entries = begun.map(({ integratedAddressNumber, acquisition }) => {
    const individualNumber = system.store.read.individualNumberOf(integratedAddressNumber);
    if (individualNumber === undefined) throw new RenkeiError('not_found');
    return { acquisition, individualNumber };
  });
  return signMessage(
    codeRequest,
    {
      iss: system.agency,
      aud: REGISTRY,
      jti: system.newId(),
      iat: numericDate(system.clock.now()),
      entries,
    },
    system.signer,
  );
}
