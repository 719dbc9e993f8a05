import type { Form } from '../../../../protocol/layouts/compile.ts';
import { wordsFor } from '../../../../protocol/layouts/reasons.ts';
import type { CopyRecord } from '../../../../protocol/plaintext.ts';
import type { AgencyNode } from '../../node.ts';
import { GROUP_WORDS, MOST_CHARACTERS, sameMarks } from './gather.ts';
import type { CopyImport, StagedRows } from './ports.ts';
import type { ReadFile } from './read-file.ts';

/** Staged rows looked at in one turn of the event loop. */
const AT_ONCE = 500;

/** Checks copies whose rows stand apart in the file: together they must be one copy (no key twice, the same marks). */
export async function checkScattered(
  node: Pick<AgencyNode, 'store'>,
  { first }: CopyImport,
  form: Form,
  { seen, findings }: ReadFile,
): Promise<void> {
  if (seen.scattered === 0) return;
  let looked = 0;
  for (let group = 0; group < seen.groups; group++) {
    const groups = seen.groupsFrom(group);
    if (groups.length < 2) continue;
    const staged = groups.flatMap((at) => node.store.read.stagedRows(first + at) ?? []);
    for (const rows of Map.groupBy(staged, ({ published }) => published).values()) {
      checkCopy(form, rows, (row, problem, words) => {
        findings.add(row, problem, words);
        const [head] = rows;
        if (head) seen.markWrong(head.person);
      });
    }
    looked += groups.length;
    if (looked < AT_ONCE) continue;
    looked = 0;
    await node.store.transact(() => undefined);
  }
}

/** The parts of one copy, in the order of the file. */
function checkCopy(
  form: Form,
  parts: readonly StagedRows[],
  wrong: (line: number, problem: string, words: { ja: string; en: string }) => void,
): void {
  const keys = new Set<string>();
  let characters = 0;
  for (const [at, part] of parts.entries()) {
    const [head] = parts;
    if (head && at > 0 && !sameMarks(head, part)) {
      wrong(part.line, 'rows_differ', GROUP_WORDS.rows_differ);
    }
    characters += part.records.length;
    if (characters > MOST_CHARACTERS) {
      wrong(part.line, 'copy_too_large', GROUP_WORDS.copy_too_large);
    }
    if (form.key.length === 0) continue;
    const records: CopyRecord[] = JSON.parse(part.records);
    for (const [row, record] of records.entries()) {
      const key = form.keyOf(form.items.map(({ item }) => record[item.name] ?? null)) ?? '';
      if (keys.has(key)) wrong(part.line + row, 'duplicate_key', wordsFor('duplicate_key'));
      keys.add(key);
    }
  }
}
