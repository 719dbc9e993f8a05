import { z } from 'zod';
import { Day, InformationCode, IntegratedAddressNumber } from '../../../protocol/identifiers.ts';
import { informationCode } from '../../../protocol/permission/codes.ts';
import { CopyRecord } from '../../../protocol/plaintext.ts';
import type { Copy } from '../../core/copies/ports.ts';

/** A kind of information by its code, or by its name as the permission list has it. */
export const Information = z.string().min(1).max(1000);

export const codeOfInformation = (named: string): string =>
  InformationCode.safeParse(named).success ? named : informationCode(named);

/** Which version of a copy, and its flags: no content. */
export const VersionView = z.strictObject({
  integratedAddressNumber: IntegratedAddressNumber,
  information: InformationCode,
  published: Day.describe('First day on which it counts; 0001-01-01: always did'),
  ended: Day.optional().describe('First day on which it counts no longer'),
  inForce: z.boolean().describe('Whether it is what would be provided today'),
  layoutVersion: z.string(),
  autoResponseDisabled: z.boolean().describe('自動応答不可'),
  nonDisclosable: z.boolean().describe('不開示'),
  rows: z.int(),
});

export const CopyView = VersionView.extend({ records: z.array(CopyRecord) });

/** @param inForce the version that counts today, if any does */
export const versionView = (it: Copy, inForce: Copy | undefined): z.infer<typeof VersionView> => ({
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

export const copyView = (it: Copy, inForce: Copy | undefined): z.infer<typeof CopyView> => ({
  ...versionView(it, inForce),
  records: JSON.parse(it.records),
});
