import type { CorrectedFacts } from './corrected-facts.ts';
import type { Permission } from './permission/compile.ts';
import { lawNames } from './permission/law-names.ts';
import type { ProvisionRecord } from './record.ts';

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
