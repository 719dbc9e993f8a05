import { z } from 'zod';

/** One thing that happened, as the control plane tells it (GET /v1/journal). */
export const JournalEntry = z.object({
  seq: z.int(),
  /** By the network’s clock, milliseconds since the epoch. */
  at: z.number(),
  /** By its stopwatch, milliseconds. */
  elapsed: z.number(),
  kind: z.string(),
  from: z.string(),
  to: z.string(),
  ids: z.array(z.string()),
  outcome: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

export const JournalPage = z.object({ entries: z.array(JournalEntry) });

/** Whether it is a step of its own; the bytes on the wire are what steps that are told already are made of. */
export const isStep = ({ kind }: JournalEntry): boolean => kind !== 'message';

/**
 * Picks the entries of one inquiry out of all that happens: an entry belongs to it when it names something
 * that is known of it, and then everything that it names is known (the gateway’s decision ties request to exchange).
 */
export function belongingTo(inquiry: string): (entry: JournalEntry) => boolean {
  const known = new Set([inquiry]);
  return ({ ids }) => {
    if (!ids.some((id) => known.has(id))) return false;
    for (const id of ids) known.add(id);
    return true;
  };
}
