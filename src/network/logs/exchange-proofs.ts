import type { ExchangeProofs } from '../../protocol/control-api/exchange-proofs.ts';
import { base64url } from '../../protocol/encoding.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { openCheckpoint } from '../../protocol/log/checkpoint.ts';
import { exchangeFindings, placedRecord, RULE_FAULTS } from '../../protocol/log/exchange-rules.ts';
import { leafHash, sameHash } from '../../protocol/log/hash.ts';
import { verifyInclusion } from '../../protocol/log/inclusion.ts';
import { readRecordLeaf } from '../../protocol/log/leaf.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { originOf } from '../../protocol/log/origin.ts';
import { noteVerifier } from '../../protocol/log/signed-note.ts';
import type { Watched } from '../network.ts';
import { cosignaturesOf } from './cosigned.ts';
import { faultIn } from './log-fault.ts';
import { loggingParty, logKeysOf } from './parties.ts';

/** @param parties inquirer and provider; one that is switched off keeps its records to itself */
export async function exchangeProofs(
  network: Watched,
  exchange: string,
  parties: readonly string[],
): Promise<ExchangeProofs> {
  const running = [...new Set([GATEWAY, ...parties])].filter(
    (party) => party === GATEWAY || network.agencies.has(party),
  );
  const proven = await Promise.all(
    running.map(async (party) => ({
      party,
      records: await provenRecords(network, party, exchange),
    })),
  );
  return { parties: proven, findings: findingsIn(proven) };
}

async function provenRecords(network: Watched, party: string, exchange: string) {
  const { records } = loggingParty(network, party).log;
  const { size, note } = records.head;
  const checkpoint = await note;
  return records
    .placesOf(exchange)
    .filter((index) => index < size)
    .flatMap((index) => {
      const [kept] = [...records.leaves(index, index + 1)];
      if (!kept) return [];
      const { record, leaf } = kept;
      const path = records.inclusion(index, size);
      const proven = { index, leaf, record };
      const check = () => {
        const keys = logKeysOf(network, party);
        const origin = originOf(party);
        if (!keys) throw new LogInvalid('key', { name: origin });
        const head = openCheckpoint(checkpoint, { origin, keys: [noteVerifier(origin, keys.log)] });
        included(proven, head.size, head.root, path);
      };
      const witnesses = cosignaturesOf(network, party)
        .filter((one) => one.size > index)
        .map(({ witness, size: to, at, verify }) => {
          const held = faultIn(() => {
            verify();
            included(proven, to, records.root(to), records.inclusion(index, to));
          });
          return { party: witness, size: to, at, ...held };
        });
      return [
        {
          ...{ index, size, checkpoint, witnesses },
          ...(record !== undefined && { record }),
          leaf: base64url(leaf),
          path: path.map((hash) => base64url(hash)),
          ...faultIn(check),
        },
      ];
    });
}

/** @throws LogInvalid record, inclusion */
function included(
  { index, leaf, record }: { index: number; leaf: Uint8Array; record: string | undefined },
  size: number,
  root: Uint8Array,
  path: readonly Uint8Array[],
): void {
  if (record !== undefined && !sameHash(leafHash(record), leaf)) {
    throw new LogInvalid('record', { index });
  }
  verifyInclusion(path, { leaf, index, size, root });
}

/** By the rules of an audit; an altered record was named above, and counts for nothing here. */
function findingsIn(parties: ExchangeProofs['parties']): ExchangeProofs['findings'] {
  const placed = parties.flatMap(({ party, records }) =>
    records.flatMap(({ index, record, fault }) =>
      record === undefined || fault ? [] : [placedRecord(party, index, readRecordLeaf(record))],
    ),
  );
  const found = exchangeFindings(placed, new Set(parties.map(({ party }) => party)));
  return found.map(({ kind, party, index }) => {
    const [ja, en] = RULE_FAULTS[kind];
    return { kind, ja, en, party, ...(index !== undefined && { index }) };
  });
}
