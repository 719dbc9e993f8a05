import type { Finding } from '../../../../protocol/file-report.ts';
import type { Form } from '../../../../protocol/layouts/compile.ts';
import type { AgencyNode } from '../../node.ts';
import { filePlan } from './file-plan.ts';
import { Gatherer } from './gather.ts';
import { ImportFindings } from './import-findings.ts';
import { PersonsSeen } from './persons-seen.ts';
import type { CopyImport, StagedRows } from './ports.ts';
import { type FileRow, type RightRow, rowReader } from './row-reader.ts';

/** Rows of a file as they come; last, where and why it could be read no further. */
export type FilePages = AsyncIterable<readonly FileRow[] | Finding>;

/** Rows of one file. */
export const MOST_ROWS = 1_000_000;
/** Records are staged so many characters at a time: seldom enough for the disk, and never long for anybody else. */
const STAGED_AT_ONCE = 1_000_000;

const WORDS = {
  empty_file: { ja: 'ファイルが空です', en: 'the file is empty' },
  no_rows: { ja: '見出しだけで、行がありません', en: 'a header and no rows' },
  too_many_rows: {
    ja: `${MOST_ROWS}行を超えています。分けて取り込んでください`,
    en: `more than ${MOST_ROWS} rows: import it in parts`,
  },
} as const;

export interface ReadFile {
  readonly findings: ImportFindings;
  readonly seen: PersonsSeen;
  readonly rows: number;
  /** Whether what is right about single persons can be relied on: header and file were read to the end. */
  readonly whole: boolean;
}

/**
 * Reads and checks a file row by row and stages what is right. Between pages others have their turn.
 * After a mistake nothing more is staged, unless the import is to take what is right.
 */
export async function readFile(
  node: Pick<AgencyNode, 'store'>,
  order: CopyImport,
  form: Form | undefined,
  pages: FilePages,
): Promise<ReadFile> {
  const findings = new ImportFindings();
  const seen = new PersonsSeen();
  const stager = new Stager(node, order.first);
  const markWrong = (person: string) => seen.markWrong(person);
  const gatherer = new Gatherer(findings, markWrong, (rows) => {
    if (findings.count > 0 && !order.partial) return;
    seen.add(rows.person);
    stager.add(rows);
  });
  let read: ((row: FileRow) => RightRow | undefined) | undefined;
  let header: FileRow | undefined;
  let headerRight = false;
  let rows = 0;

  /** @returns whether to go on */
  const take = (row: FileRow): boolean => {
    if (header === undefined) {
      header = row;
      const plan = filePlan(row, order, form, findings);
      headerRight = findings.count === 0;
      read = plan && rowReader(plan, form, findings, markWrong);
      return plan !== undefined;
    }
    rows += 1;
    if (rows > MOST_ROWS) {
      findings.add(row.line, 'too_many_rows', WORDS.too_many_rows);
      return false;
    }
    const right = read?.(row);
    if (right) gatherer.add(right);
    return true;
  };

  let whole = true;
  for await (const page of pages) {
    if ('problem' in page) {
      findings.add(page.line, page.problem, page, page.column);
      whole = false;
    } else whole = page.every(take);
    if (!whole) break;
    await stager.next();
  }
  gatherer.end();
  await stager.end();
  if (whole && header === undefined) findings.add(1, 'empty_file', WORDS.empty_file);
  else if (whole && rows === 0) findings.add(header?.line ?? 1, 'no_rows', WORDS.no_rows);
  return {
    findings,
    seen,
    rows: Math.min(rows, MOST_ROWS),
    whole: whole && headerRight && rows > 0,
  };
}

/** Writes checked rows to where they wait, in the order of the file. */
class Stager {
  readonly #node: Pick<AgencyNode, 'store'>;
  #seq: number;
  #waiting: StagedRows[] = [];
  #characters = 0;

  constructor(node: Pick<AgencyNode, 'store'>, first: number) {
    this.#node = node;
    this.#seq = first;
  }

  add(rows: StagedRows): void {
    this.#waiting.push(rows);
    this.#characters += rows.records.length;
  }

  /** Stages when there is enough. */
  async next(): Promise<void> {
    if (this.#characters >= STAGED_AT_ONCE) await this.end();
  }

  async end(): Promise<void> {
    const waiting = this.#waiting;
    const first = this.#seq;
    this.#waiting = [];
    this.#characters = 0;
    this.#seq += waiting.length;
    await this.#node.store.transact((tx) => {
      for (const [at, rows] of waiting.entries()) tx.stage(first + at, rows);
    });
  }
}
