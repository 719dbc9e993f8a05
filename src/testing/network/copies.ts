import type { Network } from '../../network/network.ts';
import { datedBy } from '../../network/world/layouts.ts';
import { informationCode } from '../../protocol/permission/codes.ts';
import type { CopyRecord } from '../../protocol/plaintext.ts';
import type { TestResident } from './resident.ts';

/** What an agency is to hold of somebody, in place of what it holds of this kind. */
export interface NewCopy {
  readonly agency: string;
  readonly resident: TestResident;
  /** Kind of information, by name. */
  readonly information: string;
  readonly records: readonly CopyRecord[];
  /** `T-1` unless told. */
  readonly layoutVersion?: string;
  readonly autoResponseDisabled?: boolean;
  readonly nonDisclosable?: boolean;
}

/** Gives a node a copy (副本), as its own systems would. */
export async function putCopy(network: Network, copy: NewCopy): Promise<void> {
  const { agency, resident, information, records, layoutVersion = 'T-1' } = copy;
  await network.agency(agency).node.store.transact((tx) =>
    tx.putCopy({
      integratedAddressNumber: resident.at(agency),
      information: informationCode(information),
      layoutVersion,
      datedBy: datedBy(
        layoutVersion,
        records.map((record) => ({ ...record })),
      ),
      records: JSON.stringify(records),
      autoResponseDisabled: copy.autoResponseDisabled ?? false,
      nonDisclosable: copy.nonDisclosable ?? false,
    }),
  );
}
