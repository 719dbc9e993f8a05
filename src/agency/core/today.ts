import { japaneseDay } from '../../protocol/day.ts';
import type { AgencyNode } from './node.ts';

/** The day in Japan by the node’s clock. */
export const today = ({ clock }: Pick<AgencyNode, 'clock'>): string => japaneseDay(clock.now());
