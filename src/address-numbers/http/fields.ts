import type { Context } from 'hono';
import { type ErrorCode, RenkeiError } from '../../protocol/errors.ts';
import { IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import { affairCode, informationCode } from '../../protocol/permission/codes.ts';

/** The code of an affair that is named by it, or by its name. */
export const codeOfAffair = (named: string): string =>
  /^JM[0-9]{14}$/.test(named) ? named : affairCode(named);

/** The code of a kind of information that is named by it, or by its name. */
export const codeOfInformation = (named: string): string =>
  /^TM[0-9]{14}$/.test(named) ? named : informationCode(named);

/** The members of a request that hold an individual number. */
export const NUMBER_MEMBER = ['individualNumber'];

export const ERRORS_OF_ACCESS: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'not_found',
  'storage_full',
];

/** The person whom a path names. @throws RenkeiError not_found for what is no such number */
export function personIn(context: Context): string {
  const { data } = IntegratedAddressNumber.safeParse(context.req.param('integratedAddressNumber'));
  if (data === undefined) throw new RenkeiError('not_found');
  return data;
}
