import { sha256 } from '../digest.ts';
import { canonicalJson } from '../encoding.ts';
import { GATEWAY } from '../identifiers.ts';
import { type ProvisionRecord, type RecordKind, sharedFacts } from '../record.ts';

/** One record as the rules look at it: where it stands, and what it says in common with others (as a digest). */
export interface Placed {
  readonly party: string;
  readonly index: number;
  readonly kind: RecordKind;
  readonly facts: string;
  readonly inquirer?: string | undefined;
  readonly provider?: string | undefined;
  readonly staff?: string | undefined;
  readonly outcome?: string | undefined;
  /** When what it tells of was asked for, or answered; ms. */
  readonly stated?: number | undefined;
}

export const RULE_FAULTS = {
  missing: ['あるべき記録がありません', 'A record is missing'],
  disagrees: ['他の当事者の記録と一致しません', 'It disagrees with the other parties’ records'],
  order: ['順序が法の手順と合いません', 'Not in lawful order'],
  early: ['保存期間が過ぎる前に内容が消えています', 'Content is gone before its time was over'],
  held: ['保全中の記録の内容が消えています', 'Content is gone that was held'],
  same_person: ['確認と承認が同じ職員です', 'Reviewed and approved by the same person'],
} as const;
export type RuleFault = keyof typeof RULE_FAULTS;

/** What is wrong with an exchange, and with whose record; `index` is where a missing one is wanted, if known. */
export interface RuleFinding {
  readonly kind: RuleFault;
  readonly party: string;
  readonly index?: number | undefined;
  readonly record: RecordKind;
}

/** A record as it is kept for the rules. */
export const placedRecord = (party: string, index: number, record: ProvisionRecord): Placed => ({
  party,
  index,
  kind: record.kind,
  facts: sha256(canonicalJson(sharedFacts(record))),
  inquirer: record.inquirer,
  provider: record.provider,
  staff: record.staff,
  outcome: record.outcome,
  stated: statedAt(record),
});

const statedAt = ({ answeredAt, requestedAt }: ProvisionRecord): number | undefined => {
  const seconds = answeredAt ?? requestedAt;
  return seconds === undefined ? undefined : seconds * 1000;
};

/** What is held by whom (番号法23条): of a denial the provider never hears, of a permit only by being asked. */
const HELD_BY: ReadonlyMap<RecordKind, readonly ('gateway' | 'inquirer' | 'provider')[]> = new Map([
  ['permitted', ['gateway', 'inquirer']],
  ['denied', ['gateway', 'inquirer']],
  ['answered', ['gateway', 'inquirer', 'provider']],
  ['corrected', ['gateway', 'inquirer', 'provider']],
] as const);

/** Whether a party that has nothing of an exchange let it go, when its time was over; undefined: it did not. */
export type Gone = (
  party: string,
  what: { readonly parties: readonly string[]; readonly asked: number; readonly stated: number },
) => 'lawful' | 'early' | 'held' | undefined;

/**
 * Holds the records of one exchange against each other: each thing that happened is with every party that must keep
 * it, equal in the facts that they share, and each party wrote in lawful order. Pure; order of input does not matter.
 * @param parties those whose logs are audited: of others nothing is expected
 * @param gone asked of those who have nothing where they should
 */
export function exchangeFindings(
  records: readonly Placed[],
  parties: ReadonlySet<string>,
  gone: Gone = () => undefined,
): RuleFinding[] {
  const [any] = records.filter(({ inquirer }) => inquirer !== undefined);
  if (!any?.inquirer || !any.provider) return [];
  const codes = { gateway: GATEWAY, inquirer: any.inquirer, provider: any.provider };
  const findings: RuleFinding[] = [];
  const denied = records.some(({ kind }) => kind === 'denied');
  // Of a denial the provider never hears, so neither of its correction.
  const holdersOf = (kind: RecordKind): string[] =>
    (HELD_BY.get(kind) ?? [])
      .filter((role) => !(denied && role === 'provider'))
      .map((role) => codes[role])
      .filter((code) => parties.has(code));
  const letGo = new Set<string>();
  for (const party of new Set(Object.values(codes))) {
    if (records.some((each) => each.party === party)) continue;
    const kept = records.filter(({ kind }) => holdersOf(kind).includes(party));
    const [last] = kept.toSorted((one, other) => (other.stated ?? 0) - (one.stated ?? 0));
    if (!last) continue;
    const times = kept.map(({ stated = 0 }) => stated);
    const told = { asked: Math.min(...times), stated: Math.max(...times) };
    const verdict = gone(party, { parties: [codes.inquirer, codes.provider], ...told });
    if (verdict === undefined) continue;
    letGo.add(party);
    if (verdict !== 'lawful') findings.push({ kind: verdict, party, record: last.kind });
  }
  for (const kind of HELD_BY.keys()) {
    const expected = holdersOf(kind).filter((code) => !letGo.has(code));
    findings.push(...agreement(records, kind, [...new Set(expected)]));
  }
  for (const party of new Set(records.map((each) => each.party))) {
    const own = records.filter((each) => each.party === party);
    findings.push(...lawfulOrder(own.sort((one, other) => one.index - other.index)));
  }
  return findings;
}

/** Everybody has the same facts. Where they differ, what most have is taken for right; with two, both are named. */
function agreement(
  records: readonly Placed[],
  kind: RecordKind,
  expected: readonly string[],
): RuleFinding[] {
  const held = records.filter((each) => each.kind === kind && expected.includes(each.party));
  const findings: RuleFinding[] = [];
  const byFacts = Map.groupBy(held, ({ facts }) => facts);
  const complete = (all: readonly Placed[]) =>
    expected.every((party) => all.some((each) => each.party === party));
  const partial = [...byFacts.values()].filter((all) => !complete(all));
  for (const all of partial) {
    const holders = new Set(all.map(({ party }) => party));
    const isMost = holders.size * 2 > expected.length;
    const lacking = expected.filter((party) => !holders.has(party));
    for (const party of lacking) {
      // Whoever lacks it may hold something else in its place: then that is what is wrong.
      const other = partial.flat().find((each) => each.party === party && !all.includes(each));
      if (other) {
        if (isMost || expected.length === 2) {
          findings.push({ kind: 'disagrees', party, index: other.index, record: kind });
        }
      } else if (isMost || holders.size * 2 === expected.length || partial.length === 1) {
        findings.push({ kind: 'missing', party, record: kind });
      }
    }
  }
  for (const all of byFacts.values()) {
    for (const party of expected) {
      const twice = all.filter((each) => each.party === party)[1];
      if (twice) findings.push({ kind: 'disagrees', party, index: twice.index, record: kind });
    }
  }
  return findings;
}

/** What must have come before, in one party’s own records of an exchange. */
const BEFORE: ReadonlyMap<RecordKind, readonly RecordKind[]> = new Map([
  ['approved', ['reviewed']],
  ['delivered', ['answered']],
  ['result_deleted', ['permitted']],
] as const);

function lawfulOrder(own: readonly Placed[]): RuleFinding[] {
  const findings: RuleFinding[] = [];
  const seen = new Set<RecordKind>();
  let reviewer: string | undefined;
  for (const { kind, party, index, staff, outcome } of own) {
    const wrong = (fault: RuleFault) => findings.push({ kind: fault, party, index, record: kind });
    const needs = BEFORE.get(kind) ?? [];
    if (!needs.every((each) => seen.has(each))) wrong('order');
    // At a party that keeps the permit, nothing is answered before it.
    const keepsPermit = own.some((each) => each.kind === 'permitted');
    if (kind === 'answered' && keepsPermit && !seen.has('permitted')) wrong('order');
    if (kind === 'answered' && outcome === 'pending' && seen.has('approved')) wrong('order');
    // What is corrected is on record first.
    const ended = seen.has('answered') || seen.has('denied');
    if (kind === 'corrected' && !ended) wrong('order');
    if (kind === 'reviewed') reviewer = staff;
    if (kind === 'approved' && staff !== undefined && staff === reviewer) wrong('same_person');
    seen.add(kind);
  }
  return findings;
}
