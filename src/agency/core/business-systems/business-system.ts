import type { SystemEntry, SystemState } from '../../../protocol/node-api/business-systems.ts';

/** An entry as the node keeps it. Times in milliseconds. */
export interface BusinessSystem extends SystemEntry {
  readonly state: SystemState;
  readonly createdAt: number;
  readonly changedAt: number;
}
