import { z } from 'zod';
import { RenkeiError } from './errors.ts';

/** One mistake in a file: where, of what kind, in both languages. Never what stands there. */
export const Finding = z.strictObject({
  line: z.int().min(1).describe('Line of the file, from 1'),
  column: z.string().optional().describe('The column’s own name, or its number from 1'),
  problem: z.string().describe('A word for programs, e.g. `no_such_date`'),
  ja: z.string(),
  en: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** What a refused file is answered with, besides the code. */
export const FileReport = z.looseObject({
  findings: z.array(Finding),
  count: z.int().min(1).describe('All of them, listed or not'),
});

/** So that a file that is wrong in every line does not fill the memory. */
const MOST_FINDINGS = 10_000;

/** Gathers all mistakes of a file, for one report. */
export class Findings {
  readonly #listed: Finding[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The first ten thousand, in the order in which they were found. */
  get listed(): readonly Finding[] {
    return this.#listed;
  }

  add(finding: Finding): void {
    this.#count += 1;
    if (this.#listed.length < MOST_FINDINGS) this.#listed.push(finding);
  }

  /** message_malformed with `findings` and their `count`. */
  toError(): RenkeiError {
    const [first] = this.#listed;
    const where = (ja: boolean) =>
      first === undefined
        ? ''
        : [first.column, ja ? first.ja : first.en].filter((it) => it !== undefined).join(': ');
    return new RenkeiError('message_malformed', {
      ja: `ファイルに ${this.#count} 件の誤りがあります。最初の誤り: ${first?.line} 行 ${where(true)}`,
      en: `The file has ${this.#count} mistakes; the first: line ${first?.line}, ${where(false)}`,
      hint: {
        ja: '誤りをすべて直してから送ってください。何も行われていません',
        en: 'Correct all of them and send it again: nothing was done',
      },
      extensions: { findings: this.#listed, count: this.#count },
    });
  }
}
