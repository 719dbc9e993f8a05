import type { AgencyNode } from '../node.ts';

/** What of a node the provision database needs. */
export type Keeper = Pick<AgencyNode, 'store' | 'clock' | 'layouts'>;
