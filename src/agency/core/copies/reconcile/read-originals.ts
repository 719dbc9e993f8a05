import { Findings } from '../../../../protocol/file-report.ts';
import type { Form } from '../../../../protocol/layouts/compile.ts';
import { filePlan } from '../imports/file-plan.ts';
import { ImportFindings } from '../imports/import-findings.ts';
import { type FilePages, MOST_ROWS } from '../imports/read-file.ts';
import { type FileRow, type RightRow, rowReader } from '../imports/row-reader.ts';
import type { Difference, OriginalRow } from './ports.ts';

const WORDS = {
  empty_file: { ja: 'ファイルが空です', en: 'the file is empty' },
  too_many_rows: { ja: `${MOST_ROWS}行を超えています`, en: `more than ${MOST_ROWS} rows` },
} as const;

/**
 * The originals as an import reads them. A row that an import would refuse is no reason to stop: it is one of the
 * things that make copies and originals differ, and is told as such.
 * @throws RenkeiError message_malformed, with all findings, for a header that does not fit the layout, and for a file
 * that cannot be read on
 */
export async function* readOriginals(
  form: Form,
  pages: FilePages,
): AsyncGenerator<readonly (OriginalRow | Difference)[], void, undefined> {
  let read: ((row: FileRow) => OriginalRow | Difference) | undefined;
  let rows = 0;
  for await (const page of pages) {
    if ('problem' in page) throw refused(page.line, page.problem, page, page.column);
    const [header, ...first] = page;
    const others = read === undefined ? first : page;
    if (header) read ??= originalReader(form, header);
    const over = others[MOST_ROWS - rows];
    if (over) throw refused(over.line, 'too_many_rows', WORDS.too_many_rows);
    rows += others.length;
    if (read) yield others.map(read);
  }
  if (read === undefined) throw refused(1, 'empty_file', WORDS.empty_file);
}

/** @throws RenkeiError message_malformed for a header that does not fit */
function originalReader(form: Form, header: FileRow): (row: FileRow) => OriginalRow | Difference {
  const findings = new ImportFindings();
  const plan = filePlan(header, { mode: 'replace' }, form, findings);
  if (!plan || findings.count > 0) {
    const report = new Findings();
    for (const finding of findings.listed) report.add(finding);
    throw report.toError();
  }
  let wrong: ImportFindings;
  let person: string | undefined;
  let next: (row: FileRow) => RightRow | undefined;
  /** Findings are gathered for a whole file; here each row that has any begins them anew. */
  const begin = () => {
    wrong = new ImportFindings();
    person = undefined;
    next = rowReader(plan, form, wrong, (named) => {
      person = named;
    });
  };
  begin();
  return (row) => {
    const right = next(row);
    if (right) return right;
    const { line } = row;
    const items = [...new Set(wrong.listed.flatMap(({ column }) => column ?? []))];
    const problem = wrong.listed[0]?.problem;
    const difference: Difference = { kind: 'unreadable', person, line, items, problem };
    begin();
    return difference;
  };
}

function refused(
  line: number,
  problem: string,
  words: { ja: string; en: string },
  column?: string,
) {
  const { ja, en } = words;
  const findings = new Findings();
  findings.add({ line, problem, ja, en, ...(column !== undefined && { column }) });
  return findings.toError();
}
