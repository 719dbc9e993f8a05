import type { RunningAddressNumbers } from '../address-numbers/index.ts';
import type { RunningAgency } from '../agency/index.ts';
import { informationCode } from '../protocol/permission/codes.ts';
import type { AgencyHoldings } from './world/holdings.ts';
import { datedBy } from './world/layouts.ts';

/** The business system whose own numbers the world’s persons have. */
const OWN_SYSTEM = 'gyomu';

/**
 * Gives an agency its people and copies as its own systems would: persons come from the resident register, codes acquired through
 * the registry and the gateway, copies registered in the node. Doing it twice changes nothing.
 */
export async function fillAgency(
  holdings: AgencyHoldings,
  addressNumbers: RunningAddressNumbers,
  agency: RunningAgency,
): Promise<void> {
  await addressNumbers.register(
    holdings.persons.map(({ hasCode: _, addressNumber, ...person }) => {
      const { integratedAddressNumber, individualNumber, ...basics } = person;
      const addressNumbers = [{ system: OWN_SYSTEM, addressNumber }];
      return { integratedAddressNumber, individualNumber, basics, addressNumbers };
    }),
  );
  await agency.node.store.transact((tx) => {
    for (const copy of holdings.copies) {
      tx.putCopy({
        integratedAddressNumber: copy.integratedAddressNumber,
        information: informationCode(copy.information),
        layoutVersion: copy.layoutVersion,
        datedBy: datedBy(copy.layoutVersion, copy.records),
        records: JSON.stringify(copy.records),
        autoResponseDisabled: copy.autoResponseDisabled,
        nonDisclosable: copy.nonDisclosable,
      });
    }
  });
  const withCode = holdings.persons.filter((person) => person.hasCode);
  await addressNumbers.acquireCodes(withCode.map((person) => person.integratedAddressNumber));
}
