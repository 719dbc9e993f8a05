import { z } from 'zod';
import { StatusView } from '../../../protocol/node-api/status.ts';

/** What a node says of itself; what one of another version leaves out or adds does no harm. */
export const NodeStatus = z.looseObject(StatusView.partial().shape);
export type NodeStatus = z.infer<typeof NodeStatus>;

export const Statuses = z.looseObject({
  agencies: z.array(
    z.looseObject({
      code: z.string(),
      name: z.string(),
      health: z.enum(['up', 'down', 'silent']),
      status: NodeStatus.optional(),
    }),
  ),
});
export type AgencyStatus = z.infer<typeof Statuses>['agencies'][number];
