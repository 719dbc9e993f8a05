import { expect } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { type ProvisionRecord, type RecordKind, sharedFacts } from '../../src/protocol/record.ts';
import type { TestNetwork } from './test-network.ts';

/** What parties keep of an exchange, in the part in which they must agree (番号法23条). */
export const factsOf = (
  test: TestNetwork,
  party: string,
  exchange: string,
  kinds: readonly RecordKind[],
) =>
  test
    .recordsOf(party, exchange)
    .filter(({ kind }) => kinds.includes(kind))
    .map((record) => ({ kind: record.kind, ...sharedFacts(record) }));

/** Fails unless all of these parties hold the same facts of this kind, at least one; returns them. */
export function expectAgreement(
  test: TestNetwork,
  exchange: string,
  kind: RecordKind,
  parties: readonly string[],
): Readonly<Record<string, unknown>>[] {
  const [first = '', ...others] = parties;
  const facts = factsOf(test, first, exchange, [kind]);
  expect(facts.length, `${first} has no record of kind ${kind}`).toBeGreaterThan(0);
  for (const party of others) {
    expect(factsOf(test, party, exchange, [kind]), party).toEqual(facts);
  }
  return facts;
}

/** Kinds of an exchange’s records at a party, in order. */
export const kindsOf = (records: readonly ProvisionRecord[]): RecordKind[] =>
  records.map(({ kind }) => kind);

export const ALL = (inquirer: string, provider: string): string[] => [GATEWAY, inquirer, provider];
