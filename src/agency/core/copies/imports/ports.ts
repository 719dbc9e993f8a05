import type { Finding } from '../../../../protocol/file-report.ts';
import type { Asker } from '../../principal.ts';

/** reading → refused, or accepted (the commit point) → applied. What was broken off leaves nothing. */
export type ImportState = 'reading' | 'refused' | 'accepted' | 'applied';

/** What a file is for. */
export interface ImportOrder {
  readonly id: string;
  /** A file of copies that take the place of what is held, or of persons whose copies go. */
  readonly mode: 'replace' | 'delete';
  /** Code of the kind of information. */
  readonly information: string;
  /** Of the copies in the file; none when they are deleted. */
  readonly layoutVersion?: string | undefined;
  /** From which day the copies count that name none themselves. */
  readonly published?: string | undefined;
  readonly encoding: string;
  /** Takes the persons whose rows are all right when others’ are not. */
  readonly partial: boolean;
}

/** A kind of mistake in one column, and how often the file has it. */
export interface MistakeCount {
  readonly problem: string;
  readonly column?: string | undefined;
  readonly ja: string;
  readonly en: string;
  readonly count: number;
}

export interface CopyImport extends ImportOrder {
  readonly state: ImportState;
  /** A business system, or a member of staff. */
  readonly by: string;
  readonly byKind: Asker['kind'];
  readonly startedAt: number;
  readonly finishedAt?: number | undefined;
  /** The day in Japan on which it was accepted: versions in force are those of that day. */
  readonly day?: string | undefined;
  /** Rows of the file, without its header. */
  readonly rows: number;
  /** Persons whose copies it brings; of those with mistakes it brings nothing. */
  readonly persons: number;
  readonly personsWithMistakes: number;
  readonly mistakes: number;
  readonly kinds: readonly MistakeCount[];
  /** Versions of copies. */
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
  readonly deleted: number;
  /** Where its staged rows begin, how many there were, and how many of them have been applied. */
  readonly first: number;
  readonly staged: number;
  readonly applied: number;
}
export type ImportChange = Partial<Omit<CopyImport, keyof ImportOrder | 'by' | 'startedAt'>>;

/** Rows of one person that stood together in the file: checked, not yet in effect. */
export interface StagedRows {
  /** 15 digits. */
  readonly person: string;
  /** The columns of the file; undefined where it has none or, of days and flags, says nothing. */
  readonly published?: string | undefined;
  /** '' for explicitly none. */
  readonly ended?: string | undefined;
  readonly autoResponseDisabled?: boolean | undefined;
  readonly nonDisclosable?: boolean | undefined;
  /** Of the first of them in the file; the others follow without a gap. */
  readonly line: number;
  /** JSON of the records. */
  readonly records: string;
}

export interface ImportReads {
  copyImport(id: string): CopyImport | undefined;
  /** The newest first; of one sender, if told. */
  copyImports(limit: number, by?: Asker): readonly CopyImport[];
  copyImportsIn(states: readonly ImportState[]): readonly CopyImport[];
  /** Its mistakes, as far as they are listed. */
  importFindings(id: string): readonly Finding[];
  /** Staged rows by their number. */
  stagedRows(seq: number): StagedRows | undefined;
  /** Whose rows are staged, in their order. */
  stagedPersons(from: number, limit: number): readonly { seq: number; person: string }[];
  /** The number for the next rows that are staged. */
  nextStaged(): number;
}

export interface ImportTx extends ImportReads {
  addCopyImport(it: CopyImport): void;
  changeCopyImport(id: string, change: ImportChange): void;
  setImportFindings(id: string, findings: readonly Finding[]): void;
  dropCopyImport(id: string): void;
  stage(seq: number, rows: StagedRows): void;
  /** Removes staged rows from one number up to, not including, another; at most so many. @returns how many */
  unstage(from: number, until: number, most: number): number;
}
