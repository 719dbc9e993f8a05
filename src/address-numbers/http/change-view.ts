import { z } from 'zod';
import { IntegratedAddressNumber } from '../../protocol/identifiers.ts';
import type { Change } from '../core/changes/ports.ts';
import { Basics } from './fields.ts';

const Side = z.enum(['stays', 'goes']);

/** A merge or a split, as staff see it. */
export const ChangeView = z.strictObject({
  id: z.string(),
  state: z.enum(['proposed', 'approved', 'done', 'declined', 'returned']),
  plan: z.union([
    z.strictObject({
      kind: z.literal('merge'),
      stays: IntegratedAddressNumber,
      goes: IntegratedAddressNumber,
      numberOf: Side.optional(),
      basicsOf: Side,
      copiesOf: z.record(z.string(), Side),
    }),
    z.strictObject({
      kind: z.literal('split'),
      from: IntegratedAddressNumber,
      to: IntegratedAddressNumber,
      numberOf: z.enum(['from', 'to']),
      basics: Basics,
      addressNumbers: z.array(z.strictObject({ system: z.string(), addressNumber: z.string() })),
      copies: z.array(z.string()),
    }),
  ]),
  proposedBy: z.string(),
  proposedAt: z.string(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  doneAt: z.string().optional(),
  conflict: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('Why the node could not follow: `copies` of which kinds, `inquiries` under way …'),
});

export const viewOf = (change: Change): z.input<typeof ChangeView> => {
  const { plan, conflict, proposedAt, decidedAt, doneAt, ...rest } = change;
  return {
    ...rest,
    plan:
      plan.kind === 'merge'
        ? { ...plan, copiesOf: { ...plan.copiesOf } }
        : { ...plan, addressNumbers: [...plan.addressNumbers], copies: [...plan.copies] },
    conflict: conflict && { ...conflict },
    proposedAt: iso(proposedAt),
    decidedAt: decidedAt === undefined ? undefined : iso(decidedAt),
    doneAt: doneAt === undefined ? undefined : iso(doneAt),
  };
};

const iso = (at: number): string => new Date(at).toISOString();
