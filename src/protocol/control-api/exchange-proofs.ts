import { z } from 'zod';
import { RULE_FAULTS } from '../log/exchange-rules.ts';
import { LogFaultView } from './log-fault.ts';
import { Words } from './words.ts';

/** A record of an exchange, with everything that shows that it is in its party’s log, verified. */
export const ProvenRecord = z.strictObject({
  index: z.int().describe('Its place in the log, from 0'),
  record: z.string().optional().describe('Its canonical JSON; absent when its time is over'),
  leaf: z.string(),
  size: z.int(),
  path: z.array(z.string()).describe('Inclusion proof (RFC 9162 §2.1.3), lowest first'),
  checkpoint: z.string().describe('Signed note (C2SP tlog-checkpoint)'),
  fault: LogFaultView.optional().describe('Absent: record, proof and checkpoint go together'),
  witnesses: z
    .array(
      z.strictObject({
        party: z.string(),
        size: z.int(),
        at: z.string(),
        fault: LogFaultView.optional(),
      }),
    )
    .describe('Who cosigned a tree that holds this record'),
});
export type ProvenRecord = z.infer<typeof ProvenRecord>;

const RULES = Object.keys(RULE_FAULTS) as [keyof typeof RULE_FAULTS];

/** The three records of one exchange (番号法23条), proven, and held against each other. */
export const ExchangeProofs = z.strictObject({
  parties: z.array(z.strictObject({ party: z.string(), records: z.array(ProvenRecord) })),
  findings: z
    .array(Words.extend({ kind: z.enum(RULES), party: z.string(), index: z.int().optional() }))
    .describe('Where they do not agree; empty: they do'),
});
export type ExchangeProofs = z.infer<typeof ExchangeProofs>;
