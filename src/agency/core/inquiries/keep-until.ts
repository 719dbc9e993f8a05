import type { AgencyNode } from '../node.ts';

/** Until when what came of an inquiry that ends now is kept. Milliseconds. */
export const keepUntil = ({ clock, settings }: Pick<AgencyNode, 'clock' | 'settings'>): number =>
  clock.now() + settings.resultKeepSeconds * 1000;
