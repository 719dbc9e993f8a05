import { z } from 'zod';
import { LogFaultView } from '../../protocol/control-api/log-fault.ts';
import { base64url } from '../../protocol/encoding.ts';
import { parseCheckpoint } from '../../protocol/log/checkpoint.ts';
import { parseNote } from '../../protocol/log/signed-note.ts';
import type { Watched } from '../network.ts';
import { cosignaturesOf } from './cosigned.ts';
import { faultIn } from './log-fault.ts';
import { loggingParties, loggingParty } from './parties.ts';

/** A party’s log, and how far the others have seen and cosigned it. */
export const LogState = z.strictObject({
  party: z.string(),
  size: z.int().describe('Records in the log'),
  root: z.string().describe('Root of its Merkle tree (RFC 6962), base64url'),
  witnesses: z.array(
    z.strictObject({
      party: z.string(),
      seen: z.int().optional().describe('Records in the largest checkpoint that it accepted'),
      cosigned: z
        .strictObject({
          size: z.int(),
          at: z.string(),
          fault: LogFaultView.optional().describe('Absent: it holds for the log as it is'),
        })
        .optional(),
      alarm: z.boolean().describe('Whether it stands by an alarm about this log'),
    }),
  ),
});
export type LogState = z.infer<typeof LogState>;

/** Every party’s log, the gateway’s first, each with whoever has looked at it. */
export const logStates = (network: Watched): LogState[] =>
  loggingParties(network).map((party) => {
    const { size, root } = loggingParty(network, party).log.records.head;
    return { party, size, root: base64url(root), witnesses: witnessesOf(network, party) };
  });

function witnessesOf(network: Watched, log: string): LogState['witnesses'] {
  const cosigned = new Map(cosignaturesOf(network, log).map((one) => [one.witness, one]));
  return loggingParties(network).flatMap((party) => {
    if (party === log) return [];
    const { peers } = loggingParty(network, party).log;
    const { seen } = peers.of(log);
    const one = cosigned.get(party);
    const alarm = peers.standing(log).length > 0;
    if (seen === undefined && !one && !alarm) return [];
    return [
      {
        party,
        ...(seen !== undefined && { seen: parseCheckpoint(parseNote(seen).text).size }),
        ...(one && { cosigned: { size: one.size, at: one.at, ...faultIn(one.verify) } }),
        alarm,
      },
    ];
  });
}
