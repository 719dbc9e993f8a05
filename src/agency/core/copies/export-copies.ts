import { RenkeiError } from '../../../protocol/errors.ts';
import { isNumberLike } from '../../../protocol/numbers/number-like.ts';
import type { CopyRecord } from '../../../protocol/plaintext.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { today } from '../today.ts';
import { inForceOn, versionPages } from './in-order.ts';
import type { Keeper } from './keeper.ts';
import type { Copy } from './ports.ts';

export interface ExportOrder {
  readonly information: string;
  /** Only copies of this layout version. */
  readonly layoutVersion?: string | undefined;
  /** What is in force today, or every version that is held. */
  readonly versions: 'in-force' | 'all';
}

/** A copy with its rows read. */
export interface ExportedCopy extends Copy {
  readonly rows: readonly CopyRecord[];
}

/** Reads all copies from the beginning, in pages. */
export type ReadCopies = () => Generator<readonly ExportedCopy[], void, undefined>;

/**
 * Copies of one kind in the order of persons, for comparison with the originals: in pages, so that a million
 * take no more memory than a few. Whoever takes them out is in the operation log before the first one leaves.
 * @returns what reads them all, from the beginning each time
 * @throws RenkeiError state_conflict while reading, should a copy hold what reads like an individual number
 */
export async function exportCopies(
  node: Keeper,
  by: Principal,
  order: ExportOrder,
): Promise<ReadCopies> {
  const { information } = order;
  await node.store.transact((tx) => tx.note(done(node, by, 'copies.export', { information })));
  return copiesToExport(node, order);
}

/** The same before anybody takes them out: whoever reads them for somebody else puts it on record. */
export function copiesToExport(
  node: Keeper,
  { information, layoutVersion, versions }: ExportOrder,
): ReadCopies {
  const day = today(node);
  return function* () {
    const all = versionPages(node.store.read, information);
    for (const page of versions === 'all' ? all : inForceOn(day, all)) {
      yield page
        .filter((copy) => layoutVersion === undefined || copy.layoutVersion === layoutVersion)
        .map(withRows);
    }
  };
}

function withRows(copy: Copy): ExportedCopy {
  const rows: readonly CopyRecord[] = JSON.parse(copy.records);
  const found = rows.some((row) => Object.values(row).some(isNumber));
  if (!found) return { ...copy, rows };
  throw new RenkeiError('state_conflict', {
    ja: '個人番号に当たる12桁の数字を含む副本があるため、書き出せません',
    en: 'A copy holds twelve digits that read like an individual number: nothing is exported',
    extensions: { person: copy.integratedAddressNumber },
  });
}

const isNumber = (value: CopyRecord[string]): boolean =>
  typeof value === 'string' && value.length >= 12 && isNumberLike(value);
