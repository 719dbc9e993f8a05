import type { Words } from '../../../../protocol/layouts/reasons.ts';
import { wordsFor } from '../../../../protocol/layouts/reasons.ts';
import type { ImportFindings } from './import-findings.ts';
import type { StagedRows } from './ports.ts';
import type { RightRow } from './row-reader.ts';

/** Of one copy: an answer must fit a message. */
export const MOST_CHARACTERS = 1_000_000;

export const GROUP_WORDS: Readonly<Record<'rows_differ' | 'copy_too_large', Words>> = {
  rows_differ: {
    ja: '同じ副本の行なのに、フラグまたは終了日が前の行と違います',
    en: 'flags or end differ from an earlier row of the same copy',
  },
  copy_too_large: {
    ja: '一つの副本の行が多すぎます（100万文字まで）',
    en: 'one copy has too many rows (a million characters at most)',
  },
};

type Head = Omit<StagedRows, 'records' | 'line'>;

/** Whether two rows can be of one version of a copy. */
export const sameCopy = (one: Head, other: Head): boolean =>
  one.person === other.person && one.published === other.published;

export const sameMarks = (one: Head, other: Head): boolean =>
  one.ended === other.ended &&
  one.autoResponseDisabled === other.autoResponseDisabled &&
  one.nonDisclosable === other.nonDisclosable;

/**
 * Gathers rows of one copy that follow each other line by line. Rows of one person that stand apart become several;
 * they meet again when they are applied.
 */
export class Gatherer {
  readonly #findings: ImportFindings;
  readonly #markWrong: (person: string) => void;
  readonly #emit: (rows: StagedRows) => void;
  #head: RightRow | undefined;
  #records: string[] = [];
  #keys = new Set<string>();
  #characters = 0;

  constructor(
    findings: ImportFindings,
    markWrong: (person: string) => void,
    emit: (rows: StagedRows) => void,
  ) {
    this.#findings = findings;
    this.#markWrong = markWrong;
    this.#emit = emit;
  }

  add(row: RightRow): void {
    const head = this.#head;
    const follows =
      head !== undefined && sameCopy(head, row) && row.line === head.line + this.#records.length;
    if (!follows) {
      this.end();
      this.#head = row;
    } else if (!sameMarks(head, row)) this.#wrong(row, 'rows_differ', GROUP_WORDS.rows_differ);
    if (row.key !== undefined) {
      if (this.#keys.has(row.key)) this.#wrong(row, 'duplicate_key', wordsFor('duplicate_key'));
      this.#keys.add(row.key);
    }
    this.#characters += row.record.length;
    if (this.#characters > MOST_CHARACTERS) {
      this.#wrong(row, 'copy_too_large', GROUP_WORDS.copy_too_large);
      this.end();
      this.#head = row;
    }
    this.#records.push(row.record);
  }

  /** Hands over what has been gathered. */
  end(): void {
    const head = this.#head;
    if (head === undefined) return;
    const { key: _, record: __, ...rest } = head;
    this.#emit({ ...rest, records: `[${this.#records.join(',')}]` });
    this.#head = undefined;
    this.#records = [];
    this.#keys = new Set();
    this.#characters = 0;
  }

  #wrong(row: RightRow, problem: string, words: Words): void {
    this.#findings.add(row.line, problem, words);
    this.#markWrong(row.person);
  }
}
