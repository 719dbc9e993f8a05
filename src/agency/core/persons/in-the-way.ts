import { RenkeiError } from '../../../protocol/errors.ts';
import type { AgencyTx } from '../ports.ts';

/** @throws RenkeiError state_conflict for a number that was merged into another */
export function standsForItself(tx: AgencyTx, person: string): void {
  const into = tx.mergedInto(person);
  if (into === undefined) return;
  throw new RenkeiError('state_conflict', {
    ja: 'この番号はすでに他の番号に統合されています',
    en: 'This number was merged into another already',
    extensions: { mergedInto: into },
  });
}

/** Rows of an import name persons, and wait to take effect. @throws RenkeiError state_conflict */
export function noImports(tx: AgencyTx): void {
  const imports = tx.copyImportsIn(['reading', 'accepted']).map(({ id }) => id);
  if (imports.length === 0) return;
  throw new RenkeiError('state_conflict', {
    ja: '副本の取込みが終わっていません',
    en: 'An import of copies is not finished',
    hint: {
      ja: '取込みの終わりを待って、もう一度行ってください',
      en: 'Wait until it is finished, then try again',
    },
    extensions: { imports },
  });
}
