import type { AgencyNode } from '../../../src/agency/core/node.ts';
import type { AgencyStore } from '../../../src/agency/core/ports.ts';
import { openScratch } from '../../../src/agency/store/scratch.ts';
import { compileLayouts } from '../../../src/protocol/layouts/compile.ts';
import { informationCode } from '../../../src/protocol/permission/codes.ts';
import { manualClock } from '../../../src/service/clock.ts';

const NAME = '試験の情報';
export const INFORMATION = informationCode(NAME);
const text = {
  type: 'text',
  required: false,
  max: 60,
  characters: 'any',
  formulas: false,
} as const;

/** What the provision database needs of a node: a store, a clock that stands, one layout of texts without a key. */
export const keeper = (store: AgencyStore) =>
  ({
    store,
    scratch: openScratch,
    reconciling: new Map<string, string>(),
    clock: manualClock('2026-11-22T09:00:00+09:00'),
    layouts: compileLayouts([
      {
        information: [NAME],
        version: 'X-1',
        items: [
          { ...text, name: '起票' },
          { ...text, name: '備考' },
        ],
        key: [],
      },
    ]),
  }) satisfies Partial<AgencyNode>;
