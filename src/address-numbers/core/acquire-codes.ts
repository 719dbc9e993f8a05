import { numericDate } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { REGISTRY } from '../../protocol/identifiers.ts';
import type { Signer } from '../../protocol/keys.ts';
import { signMessage } from '../../protocol/message.ts';
import { codeRequest } from '../../protocol/messages/code-request.ts';
import type { Clock } from '../../service/ports.ts';
import type { AddressNumberStore, NodeClient, RegistryClient } from './ports.ts';

/** The address-number system of one agency (団体内統合宛名システム): the only place that ties both numbers. */
export interface AddressNumbers {
  readonly agency: string;
  readonly store: AddressNumberStore;
  readonly node: NodeClient;
  readonly registry: RegistryClient;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly signer: Signer;
}

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
