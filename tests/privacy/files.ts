import { FILE_COLUMNS, type Layout, type LayoutItem } from '../../src/protocol/layouts/layout.ts';
import { type Numbers, SPELLINGS } from './numbers.ts';

/** A cell that the form check lets by. */
function cellOf(item: LayoutItem): string {
  switch (item.type) {
    case 'text':
      return {
        digits: '1',
        katakana: 'ア',
        ascii: 'a',
        alphanumeric: 'a',
        full_width: 'あ',
        any: 'あ',
      }[item.characters];
    case 'code':
      return item.codes[0] ?? '';
    case 'integer':
    case 'decimal':
      return String(Math.max(item.least, 1));
    case 'date':
      return '2026-04-01';
    case 'month':
      return '2026-04';
    case 'year':
      return '2026';
    case 'individual_number':
      return '';
  }
}

/** A file of copies: each row is right but for an individual number in one column, written in some way. */
export function copiesWithNumbers(layout: Layout, numbers: Numbers): string {
  const flags = [FILE_COLUMNS.autoResponseDisabled, FILE_COLUMNS.published];
  const header = [FILE_COLUMNS.person, ...layout.items.map(({ name }) => name), ...flags];
  const rows = Object.values(SPELLINGS).flatMap((spell, round) =>
    header.map((_, at) => {
      // Each row is somebody else’s: one mistake would take all of a person’s rows with it.
      const person = String(700_000_000_000_000 + round * header.length + at);
      const cells = [person, ...layout.items.map(cellOf), '0', '2026-04-01'];
      return cells.map((cell, column) => (column === at ? spell(numbers.next()) : cell));
    }),
  );
  return [header, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** The same for a file under a header that nobody knows, and one whose header is the number. */
export const strangeFiles = (numbers: Numbers): string[] => [
  `統合宛名番号,${numbers.spelt()}\r\n123456789012345,${numbers.spelt()}\r\n`,
  `${numbers.spelt()},${numbers.spelt()}\r\n`,
  `統合宛名番号\r\n"${numbers.next()}\r\n`,
];
