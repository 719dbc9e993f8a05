import { z } from 'zod';
import type { PartyProofs } from './record-proofs.ts';

/** A log that contradicted itself: two checkpoints, both signed by it, that don’t go together. */
export const AlarmView = z.strictObject({
  log: z.string().describe('Whose log'),
  kind: z.enum(['fork', 'rollback', 'consistency']),
  at: z.string().describe('When it was found, by the clock of who found it'),
  seen: z.string().describe('The checkpoint that was accepted before'),
  shown: z.string().describe('The one that contradicts it'),
  trustedAt: z.string().optional().describe('When an operator trusted the log anew'),
});
export type AlarmView = z.infer<typeof AlarmView>;

export const AlarmsBody = z.strictObject({
  alarms: z.array(AlarmView),
  seen: z
    .array(z.strictObject({ log: z.string(), checkpoint: z.string() }))
    .describe('The largest checkpoint of each log that this party accepted'),
});

export const alarmsOf = (proofs: PartyProofs): z.infer<typeof AlarmsBody> => ({
  alarms: proofs.alarms().map(({ log, kind, at, evidence: { seen, shown }, trustedAt }) => ({
    ...{ log, kind, seen, shown },
    at: new Date(at).toISOString(),
    ...(trustedAt !== undefined && { trustedAt: new Date(trustedAt).toISOString() }),
  })),
  seen: proofs.seen().map((one) => ({ ...one })),
});
