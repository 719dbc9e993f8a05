import { isCalendarDate } from '../../protocol/permission/in-force.ts';

/** A party as a line names it: by one role, by several, or as an agency of the network. */
export type Party =
  | { readonly role: string }
  | { readonly roles: readonly string[] }
  | { readonly agency: string };

/** One line of the input, its shape checked and nothing looked up yet. */
export interface InquiryLine {
  readonly list?: string;
  readonly at?: string;
  readonly inquirer: Party;
  readonly item?: string;
  readonly affair?: string;
  readonly provider: Party;
  readonly information: string;
}

/** Why a line can't be read. Says no more of the line than the name of a field. */
export class Unreadable {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

const FIELDS = new Set(['list', 'at', 'inquirer', 'item', 'affair', 'provider', 'information']);
const PARTY_FIELDS = new Set(['role', 'roles', 'agency']);

/**
 * Reads a line by hand rather than by a schema: a million of them go through here, and a schema costs
 * as much as everything else together.
 */
export function readInquiryLine(text: string): InquiryLine | Unreadable {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return new Unreadable('JSON として読めません / not JSON');
  }
  const fault = faultOf(json);
  // faultOf has seen to every field of InquiryLine.
  return fault === undefined ? (json as InquiryLine) : new Unreadable(fault);
}

function faultOf(json: unknown): string | undefined {
  if (!isRecord(json)) return 'JSON のオブジェクトではありません / not a JSON object';
  for (const field in json) if (!FIELDS.has(field)) return unknownField(field);
  const { list, at, item, affair, information } = json;
  if (list !== undefined && typeof list !== 'string') return mustBeText('list');
  if (at !== undefined && !(typeof at === 'string' && isCalendarDate(at))) {
    return 'at は YYYY-MM-DD の日付です / "at" must be a date, YYYY-MM-DD';
  }
  if (item !== undefined && typeof item !== 'string') return mustBeText('item');
  if (affair !== undefined && typeof affair !== 'string') return mustBeText('affair');
  if (item === undefined && affair === undefined) {
    return 'item か affair が必要です / "item" or "affair" is missing';
  }
  if (typeof information !== 'string') return mustBeText('information');
  return partyFault('inquirer', json.inquirer) ?? partyFault('provider', json.provider);
}

function partyFault(field: string, party: unknown): string | undefined {
  const shape = `${field} は {"role"}、{"roles"}、{"agency"} のどれか一つです / "${field}" must be one of {"role"}, {"roles"}, {"agency"}`;
  if (!isRecord(party)) return shape;
  let fields = 0;
  for (const name in party) {
    if (!PARTY_FIELDS.has(name)) return unknownField(name);
    fields++;
  }
  if (fields !== 1) return shape;
  const { role, roles, agency } = party;
  if (typeof role === 'string' || typeof agency === 'string') return undefined;
  const several =
    Array.isArray(roles) && roles.length > 0 && roles.every((one) => typeof one === 'string');
  return several ? undefined : shape;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const mustBeText = (field: string) => `${field} は文字列です / "${field}" must be a string`;

/** Field names are repeated, but not at any length. */
const unknownField = (field: string) =>
  `知らない項目です / unknown field: ${[...field.slice(0, 80)].slice(0, 40).join('')}`;
