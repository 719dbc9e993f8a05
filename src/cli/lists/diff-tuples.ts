import type { Difference, ListDiff } from '../../compliance/lists/diff.ts';
import type { Paint } from '../output/style.ts';

/** Every tuple that differs, by item: hundreds of them read better as lines than as a table. */
export function tuplesText(diff: ListDiff, paint: Paint): string {
  return [
    ...linesOf('新たに許可 newly permitted', diff.permitted, paint('green', '+'), paint),
    '',
    ...linesOf('新たに拒否 newly denied', diff.denied, paint('red', '−'), paint),
    '',
  ].join('\n');
}

function linesOf(
  title: string,
  differences: readonly Difference[],
  sign: string,
  paint: Paint,
): readonly string[] {
  const lines = [paint('bold', `${title} (${differences.length})`)];
  let above = '';
  for (const { itemsA, itemsB, inquirer, affair, provider, information, reworded } of differences) {
    const head = `${[...itemsA, ...itemsB].join('、')}の項 ${inquirer}: ${affair.name}`;
    if (head !== above) lines.push(`  ${head}`);
    above = head;
    const same =
      reworded === undefined ? '' : paint('dim', ' （事務の名称だけ変更 affair reworded）');
    lines.push(`    ${sign} ${provider} → ${information.name}${same}`);
  }
  return lines;
}
