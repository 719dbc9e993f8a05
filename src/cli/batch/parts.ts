import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CliFailure } from '../output/cli-failure.ts';

const NUMBERED = /^(.*)_(\d{4})(\.[^.]*)?$/;
const LF = 0x0a;
const MARK = [0xef, 0xbb, 0xbf];
export const STANDARD_INPUT = '-';

/**
 * The files that are read as one: NAME_0001, NAME_0002 … for any of them, or for NAME itself (glossary: an inquiry
 * file is split by count).
 * @throws CliFailure exit 2: there is no such file, or one in the middle is missing
 */
export function partsOf(named: string): readonly string[] {
  if (named === STANDARD_INPUT) return [named];
  const folder = dirname(named);
  const [, stem = basename(named).replace(/\.[^.]*$/, ''), , ending = extensionOf(named)] =
    NUMBERED.exec(basename(named)) ?? [];
  const isPart = NUMBERED.test(basename(named));
  if (!isPart && existsSync(named)) return [named];
  const numbers = numbersIn(folder, stem, ending);
  if (numbers.length === 0) throw notThere(named);
  const path = (number: number) =>
    join(folder, `${stem}_${String(number).padStart(4, '0')}${ending}`);
  const missing = numbers.findIndex((number, at) => number !== at + 1) + 1;
  if (missing > 0) throw gap(path(missing));
  return numbers.map(path);
}

const extensionOf = (path: string): string => /\.[^.]*$/.exec(basename(path))?.[0] ?? '';

function numbersIn(folder: string, stem: string, ending: string): number[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, its, number, end = ''] = NUMBERED.exec(name) ?? [];
      return its === stem && end === ending ? [Number(number)] : [];
    })
    .sort((one, other) => one - other);
}

/** Reads parts as one file, and knows afterwards which line was where. */
export class Parts {
  readonly paths: readonly string[];
  /** Lines of each part that has been read, an unfinished last one counted. */
  readonly #lines: number[] = [];

  constructor(paths: readonly string[]) {
    this.paths = paths;
  }

  /** Bytes of all of them; undefined for standard input. */
  get size(): number | undefined {
    if (this.paths.includes(STANDARD_INPUT)) return undefined;
    return this.paths.reduce((sum, path) => sum + statSync(path).size, 0);
  }

  async *bytes(read: (bytes: number) => void = () => undefined): AsyncGenerator<Uint8Array> {
    for (const [at, path] of this.paths.entries()) {
      let lines = 0;
      let last = LF;
      let first = true;
      const stream: AsyncIterable<Buffer> =
        path === STANDARD_INPUT ? process.stdin : createReadStream(path);
      for await (const chunk of stream) {
        read(chunk.length);
        // Only at the very beginning does a mark of the byte order mean one.
        const marked = first && at > 0 && MARK.every((byte, index) => chunk[index] === byte);
        const piece = marked ? chunk.subarray(MARK.length) : chunk;
        first = false;
        lines += newlinesIn(piece);
        last = piece.at(-1) ?? last;
        yield piece;
      }
      // The next part begins on a line of its own.
      if (last !== LF) {
        lines += 1;
        if (at < this.paths.length - 1) yield Buffer.of(LF);
      }
      this.#lines.push(lines);
    }
  }

  /** `FILE:12` for a line of the whole. */
  placeOf(line: number): string {
    let rest = line;
    for (const [at, lines] of this.#lines.entries()) {
      if (rest <= lines || at === this.paths.length - 1) return `${this.paths[at]}:${rest}`;
      rest -= lines;
    }
    return `${this.paths[0]}:${line}`;
  }
}

function newlinesIn(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) lines += 1;
  return lines;
}

const notThere = (path: string) =>
  new CliFailure('file_not_found', {
    exit: 2,
    findings: [{ place: path, ja: 'ファイルがありません', en: 'There is no such file' }],
  });

const gap = (path: string) =>
  new CliFailure('file_missing', {
    exit: 2,
    findings: [
      {
        place: path,
        ja: '分割されたファイルが途中で欠けています。何も送っていません',
        en: 'A part of the split file is missing; nothing was sent',
      },
    ],
  });
