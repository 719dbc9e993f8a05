import { z } from 'zod';
import { AffairCode, InformationCode, ItemNumber, Period } from './identifiers.ts';
import type { Permission } from './permission/compile.ts';
import { lawNames } from './permission/law-names.ts';
import type { ProvisionRecord } from './record.ts';

/** What a record should say instead: at least one of these. No free text, as in records themselves. */
export const CorrectedFacts = z
  .strictObject({
    affair: AffairCode.optional(),
    item: ItemNumber.optional(),
    information: InformationCode.optional(),
    period: Period.optional(),
  })
  .refine(
    (facts) => Object.values(facts).some((value) => value !== undefined),
    'nothing to correct',
  );
export type CorrectedFacts = z.infer<typeof CorrectedFacts>;

/** Corrections can be made to what ended an exchange: the denial, or the last answer. */
export const correctable = (records: readonly ProvisionRecord[]): ProvisionRecord | undefined => {
  const last = records.findLast(({ kind }) => kind === 'denied' || kind === 'answered');
  return last?.outcome === 'pending' ? undefined : last;
};

/** The facts that no list knows, by name. */
export function unknownFacts(
  permission: Permission,
  list: string | null | undefined,
  { affair, item, information }: CorrectedFacts,
): readonly (keyof CorrectedFacts)[] {
  const names = lawNames(permission);
  const rows = permission.listOf.get(list ?? '')?.rowOf;
  return [
    ...(affair !== undefined && names.affair(affair) === undefined ? (['affair'] as const) : []),
    ...(item !== undefined && !rows?.has(item) ? (['item'] as const) : []),
    ...(information !== undefined && names.information(information) === undefined
      ? (['information'] as const)
      : []),
  ];
}
