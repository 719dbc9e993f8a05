import type { OpenAddressNumbers } from '../address-numbers/index.ts';
import type { RunningAgency } from '../agency/index.ts';
import { informationCode } from '../protocol/permission/codes.ts';
import type { AgencyHoldings } from './world/holdings.ts';
import { datedBy } from './world/layouts.ts';

/**
 * Gives an agency its people and copies as its own systems would: numbers are tied, codes acquired through
 * the registry and the gateway, copies registered in the node. Doing it twice changes nothing.
 */
export async function fillAgency(
  holdings: AgencyHoldings,
  addressNumbers: OpenAddressNumbers,
  agency: RunningAgency,
): Promise<void> {
  await addressNumbers.register(
    holdings.persons.map(({ integratedAddressNumber, individualNumber }) => ({
      integratedAddressNumber,
      individualNumber,
    })),
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
