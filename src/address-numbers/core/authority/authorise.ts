import { RenkeiError } from '../../../protocol/errors.ts';
import type { Caller } from './caller.ts';
import { type OperationName, ruleOf } from './operations.ts';
import { EVERY_AFFAIR, type GrantReads } from './ports.ts';

/**
 * Whether a caller may do this, by role, and by a grant for the affair. Asked in the transaction of what
 * is done, so that a grant that is withdrawn counts no longer from that moment.
 * @returns the department of the grant
 * @throws RenkeiError not_authorised
 */
export function authorise(
  reads: GrantReads,
  caller: Caller,
  operation: OperationName,
  affair?: string,
): string | undefined {
  const { roles, systems, right } = ruleOf(operation);
  const may = caller.kind === 'staff' ? roles.includes(caller.role) : systems === true;
  if (!may) {
    throw refused('この利用者の役割ではできません', 'Not in this caller’s role');
  }
  if (right === undefined) return undefined;
  const granted = reads
    .grantsOf(caller.kind, caller.id)
    .filter(({ rights }) => rights.includes(right));
  if (granted.length === 0) {
    throw refused(`${right} の許可がありません`, `No grant for ${right}`);
  }
  const [found] = granted.filter(
    ({ affairs }) =>
      affair === undefined || affairs.includes(affair) || affairs.includes(EVERY_AFFAIR),
  );
  if (found) return found.department;
  throw refused(
    `この事務について ${right} の許可がありません`,
    `No grant for ${right} in this affair`,
  );
}

const refused = (ja: string, en: string): RenkeiError =>
  new RenkeiError('not_authorised', {
    ja,
    en,
    hint: {
      ja: '上長か管理者に、担当者・所属・事務を定めた許可を求めてください',
      en: 'Ask a supervisor or administrator for a grant that names person, department and affair',
    },
  });
