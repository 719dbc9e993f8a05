import type { Permission } from '../../protocol/permission/compile.ts';
import { decide } from '../../protocol/permission/decide.ts';
import type { Decision } from '../../protocol/permission/decision.ts';
import { clampInto } from '../../protocol/permission/in-force.ts';
import { type Holder, holderOf } from '../../protocol/permission/roles.ts';
import { type InquiryLine, type Party, readInquiryLine, Unreadable } from './inquiry-line.ts';

/** What lines are decided by. */
export interface DecideContext {
  readonly permission: Permission;
  /** By code: what {"agency": CODE} stands for. */
  readonly agencies: ReadonlyMap<string, { readonly roles: readonly string[] }>;
  /** Today's date in Japan, for lines without `at`. */
  readonly today: () => string;
}

/**
 * Decides one line of NDJSON and says the verdict as one line, without the line's end. Never throws:
 * a line that can't be read gives {"error":…}, which repeats nothing of it but field names.
 * `full` gives the whole decision with its nearest alternatives instead of the short verdict.
 */
export function decideLine(text: string, context: DecideContext, full = false): string {
  const inquiry = readInquiryLine(text);
  const decision = inquiry instanceof Unreadable ? inquiry : decideInquiry(inquiry, context);
  if (decision instanceof Unreadable) return errorLine(decision.why);
  return full ? JSON.stringify(decision) : verdictLine(decision);
}

/** Looks up what an inquiry names and decides it. */
export function decideInquiry(inquiry: InquiryLine, context: DecideContext): Decision | Unreadable {
  const { permission } = context;
  const { item, affair, information, list } = inquiry;
  if (list !== undefined && !permission.listOf.has(list)) {
    const known = [...permission.listOf.keys()].join(', ');
    return new Unreadable(`そのような照合リストはありません / no such list; known: ${known}`);
  }
  const inquirer = holderIn(context, inquiry.inquirer);
  const provider = holderIn(context, inquiry.provider);
  if (inquirer === undefined) return unknownAgency('inquirer');
  if (provider === undefined) return unknownAgency('provider');
  return decide(permission, dateOf(inquiry, context), {
    inquirer,
    provider,
    information,
    ...(item !== undefined && { item }),
    ...(affair !== undefined && { affair }),
    ...(list !== undefined && { list }),
  });
}

/**
 * The day that an inquiry is decided for. A list that is named without a date is meant as it stood:
 * on the day nearest to today on which it was in force.
 */
export function dateOf({ at, list }: InquiryLine, { permission, today }: DecideContext): string {
  if (at !== undefined) return at;
  const named = list === undefined ? undefined : permission.listOf.get(list);
  return named === undefined ? today() : clampInto(named.inForce, today());
}

const unknownAgency = (field: string) =>
  new Unreadable(`${field} の機関は登録されていません / no agency has the code in "${field}"`);

function holderIn({ permission, agencies }: DecideContext, party: Party): Holder | undefined {
  if ('role' in party) return holderOf(permission, [party.role]);
  const roles = 'roles' in party ? party.roles : agencies.get(party.agency)?.roles;
  return roles && holderOf(permission, roles);
}

export const errorLine = (why: string): string => JSON.stringify({ error: why });

/** The verdict as `renkei decide` writes it. Ids, items and codes need no escape (schema.ts). */
export function verdictLine(decision: Decision): string {
  if (decision.decision === 'permit') {
    return `{"decision":"permit","list":"${decision.list}","item":"${decision.item}"}`;
  }
  const { list, code, reasons } = decision;
  const where = list === null ? 'null' : `"${list}"`;
  return `{"decision":"deny","list":${where},"code":"${code}","reasons":["${reasons.join('","')}"]}`;
}
