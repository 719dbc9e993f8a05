import { describe, expect, test } from 'vitest';
import { importLaw } from '../../../src/compliance/lists/law/import-law.ts';
import { LawReader } from '../../../src/compliance/lists/law/read-law.ts';
import type { PermissionList } from '../../../src/protocol/permission/schema.ts';
import { beppyo, order } from '../../protocol/permission/lists.ts';
import { fc } from '../../support/property.ts';
import { type Layout, renderLaw } from './render-law.ts';

const layout: fc.Arbitrary<Layout> = fc.record({
  spans: fc.constantFrom('rowspan', 'borders'),
  numbers: fc.constantFrom('column', 'inline'),
  digits: fc.constantFrom('kanji', 'arabic', 'full-width'),
  place: fc.constantFrom('article-2', 'appdx-2'),
  heads: fc.constantFrom('TableRow', 'TableHeaderRow'),
  asides: fc.boolean(),
});

/** Imports XML that comes in pieces, as a file does. */
function importXml(xml: string, piece = 1 << 16) {
  const reader = new LawReader();
  for (let at = 0; at < xml.length; at += piece) reader.write(xml.slice(at, at + piece));
  return importLaw(reader.end(), { id: 'again', from: '2030-01-01', table: 'auto' });
}

describe.each([
  ['order-r6-9', order, 173],
  ['beppyo-2', beppyo, 122],
])('%s written as 法令標準XML', (_, list: PermissionList, count) => {
  test.each<Partial<Layout>>([
    {},
    { spans: 'borders', numbers: 'inline', place: 'appdx-2' },
    { asides: true, digits: 'full-width', heads: 'TableHeaderRow' },
  ])('is imported as the same items: %o', (how) => {
    const { list: again, doubts } = importXml(renderLaw(list, how));
    expect(again.items).toHaveLength(count);
    expect(again.items).toEqual(list.items);
    expect(
      new Set(doubts.map(({ code }) => code)).difference(
        new Set(['kept_whole', 'unusual', 'bracket_kept']),
      ),
    ).toEqual(new Set());
  });

  test('is, item by item and in any layout, the same again', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...list.items], { minLength: 1, maxLength: 6 }),
        layout,
        fc.integer({ min: 1, max: 4096 }),
        (items, how, piece) => {
          expect(importXml(renderLaw({ ...list, items }, how), piece).list.items).toEqual(items);
        },
      ),
      { numRuns: 150 },
    );
  });
});
