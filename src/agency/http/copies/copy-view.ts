import { InformationCode } from '../../../protocol/identifiers.ts';
import type { CopyView, VersionView } from '../../../protocol/node-api/copies.ts';
import { informationCode } from '../../../protocol/permission/codes.ts';
import type { Copy } from '../../core/copies/ports.ts';

/** The code of a kind of information that is named by it, or by its name as the permission list has it. */
export const codeOfInformation = (named: string): string =>
  InformationCode.safeParse(named).success ? named : informationCode(named);

/** @param inForce the version that counts today, if any does */
export const versionView = (it: Copy, inForce: Copy | undefined): VersionView => ({
  integratedAddressNumber: it.integratedAddressNumber,
  information: it.information,
  published: it.published,
  ended: it.ended,
  inForce: inForce?.published === it.published,
  layoutVersion: it.layoutVersion,
  autoResponseDisabled: it.autoResponseDisabled,
  nonDisclosable: it.nonDisclosable,
  rows: JSON.parse(it.records).length,
});

export const copyView = (it: Copy, inForce: Copy | undefined): CopyView => ({
  ...versionView(it, inForce),
  records: JSON.parse(it.records),
});
