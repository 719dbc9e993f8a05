import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ProvisionRecord, type RecordKind, sharedFacts } from '../../protocol/record.ts';
import type { MatcherResult } from './result.ts';

const PARTIES = ['gateway', 'inquirer', 'provider'] as const;
type Party = (typeof PARTIES)[number];

/** Who keeps a record of what (番号法23条): of a denial the provider never hears. */
const KEPT_BY: readonly (readonly [RecordKind, readonly Party[]])[] = [
  ['permitted', ['gateway', 'inquirer']],
  ['denied', ['gateway', 'inquirer']],
  ['answered', PARTIES],
];

const Records = z.object({
  exchange: z.string(),
  gateway: z.array(ProvisionRecord),
  inquirer: z.array(ProvisionRecord),
  provider: z.array(ProvisionRecord),
});

/**
 * What the parties keep of one exchange says the same, to the byte of the signed statement (番号法23条).
 * @example expect(network.recordsOf(outcome)).toAgree();
 */
export function toAgree(received: unknown): MatcherResult {
  const read = Records.safeParse(received);
  if (!read.success)
    throw new TypeError('expected the records of an exchange: network.recordsOf(outcome)');
  const records = read.data;
  const differences = KEPT_BY.flatMap(([kind, parties]) => compare(records, kind, parties));
  const none = records.gateway.length === 0 ? ['  nobody has any record of it'] : [];
  const words = [...none, ...differences];
  return {
    pass: words.length === 0,
    message: () =>
      [
        `expected the records of the exchange ${records.exchange} ${words.length === 0 ? 'not ' : ''}to agree`,
        ...words,
        '  根拠 legal ground  番号法第23条',
      ].join('\n'),
  };
}

function compare(
  records: z.infer<typeof Records>,
  kind: RecordKind,
  [first = 'gateway', ...others]: readonly Party[],
): string[] {
  const factsAt = (party: Party) =>
    records[party].filter((record) => record.kind === kind).map(sharedFacts);
  const facts = factsAt(first);
  return others.flatMap((party) => {
    const theirs = factsAt(party);
    if (theirs.length !== facts.length) {
      return [`  ${kind}: ${first} has ${facts.length} of it, ${party} has ${theirs.length}`];
    }
    return facts.flatMap((fact, at) => {
      const their = theirs[at] ?? {};
      const names = Object.keys({ ...fact, ...their });
      return names
        .filter((name) => !isDeepStrictEqual(fact[name], their[name]))
        .map(
          (name) =>
            `  ${kind}: ${name} is ${shown(fact[name])} at ${first}, ${shown(their[name])} at ${party}`,
        );
    });
  });
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'missing';
