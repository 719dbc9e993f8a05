import { RenkeiError } from '../../../protocol/errors.ts';
import type { StaffMember } from '../principal.ts';
import { OPERATIONS, type OperationName } from './operations.ts';
import type { Authority, Role } from './roles.ts';

/** Whether an authority takes in an affair, by its code. What belongs to no affair is for those who have all. */
export const servesAffair = ({ affairs }: Authority, affair: string | undefined): boolean =>
  affairs === 'all' || (affair !== undefined && affairs.includes(affair));

/**
 * Whether an authority covers an operation: one of its roles may do it and, where the operation is about
 * one affair, it takes in that affair.
 */
export function mayDo(authority: Authority, operation: OperationName, affair?: string): boolean {
  const may: readonly Role[] = OPERATIONS[operation];
  if (!authority.roles.some((role) => may.includes(role))) return false;
  return affair === undefined || servesAffair(authority, affair);
}

/** The operations that an authority covers, whatever their affair. */
export const operationsOf = (authority: Authority): readonly OperationName[] =>
  (Object.keys(OPERATIONS) as OperationName[]).filter((name) => mayDo(authority, name));

/** @throws RenkeiError not_authorised */
export function checkOperation(by: StaffMember, operation: OperationName, affair?: string): void {
  if (by.passwordDue) {
    throw new RenkeiError('not_authorised', {
      ja: 'パスワードの変更が必要です',
      en: 'A new password is wanted first',
      hint: {
        ja: 'POST /v1/sessions/password で変更してください',
        en: 'Change it with POST /v1/sessions/password',
      },
    });
  }
  if (!mayDo(by.authority, operation)) {
    throw new RenkeiError('not_authorised', {
      hint: {
        ja: `${operation} の権限がある役割: ${OPERATIONS[operation].join('、')}`,
        en: `Roles that may do ${operation}: ${OPERATIONS[operation].join(', ')}`,
      },
    });
  }
  if (affair !== undefined) checkAffair(by, affair);
}

/** Once it is known which affair something is about. @throws RenkeiError not_authorised */
export function checkAffair(by: StaffMember, affair: string | undefined): void {
  if (servesAffair(by.authority, affair)) return;
  throw new RenkeiError('not_authorised', {
    ja: '担当する事務ではありません',
    en: 'This affair is not among those of this user',
  });
}
