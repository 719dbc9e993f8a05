import { type Finding, Findings } from '../../../../protocol/file-report.ts';
import type { Words } from '../../../../protocol/layouts/reasons.ts';
import type { MistakeCount } from './ports.ts';

/** All mistakes of a file: the first ten thousand with their places, every one by kind and column. */
export class ImportFindings {
  readonly #all = new Findings();
  readonly #kinds = new Map<string, { -readonly [Key in keyof MistakeCount]: MistakeCount[Key] }>();

  get count(): number {
    return this.#all.count;
  }
  get listed(): readonly Finding[] {
    return this.#all.listed;
  }
  get kinds(): readonly MistakeCount[] {
    return [...this.#kinds.values()];
  }

  /** @param column the layout’s own name for it, or its number from 1: never what the file says there */
  add(line: number, problem: string, words: Words, column?: string): void {
    const key = `${column ?? ''}\n${problem}`;
    const { ja, en } = words;
    const known = this.#kinds.get(key);
    if (known) known.count += 1;
    else this.#kinds.set(key, { problem, column, ja, en, count: 1 });
    this.#all.add({ line, ...(column !== undefined && { column }), problem, ja, en });
  }
}
