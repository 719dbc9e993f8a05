import type { OriginalRow, Scratch } from './ports.ts';

/** How many rows are put in order in memory: a few milliseconds, a few megabytes. */
const RUN = 4000;

/** Puts any number of rows in the order of persons and lines, in constant memory: sorted runs, then merged. */
export class RowsInOrder {
  readonly #scratch: Scratch;
  readonly #runLength: number;
  #waiting: OriginalRow[] = [];
  #runs = 0;

  constructor(scratch: Scratch, runLength = RUN) {
    this.#scratch = scratch;
    this.#runLength = runLength;
  }

  add(row: OriginalRow): void {
    this.#waiting.push(row);
    if (this.#waiting.length === this.#runLength) this.#endRun();
  }

  /** All rows, person by person. */
  *persons(): Generator<readonly OriginalRow[], void, undefined> {
    this.#endRun();
    let own: OriginalRow[] = [];
    for (const row of this.#merged()) {
      if (own.length > 0 && own[0]?.person !== row.person) {
        yield own;
        own = [];
      }
      own.push(row);
    }
    if (own.length > 0) yield own;
  }

  #endRun(): void {
    if (this.#waiting.length === 0) return;
    this.#scratch.addRun(this.#waiting.sort(inOrder));
    this.#waiting = [];
    this.#runs += 1;
  }

  /** The smallest first, of all runs: a heap of their next rows. */
  *#merged(): Generator<OriginalRow, void, undefined> {
    const heap: Head[] = [];
    for (let run = 0; run < this.#runs; run += 1) {
      const rows = this.#scratch.run(run);
      const first = rows.next();
      if (!first.done) heap.push({ row: first.value, rows });
    }
    heap.sort((one, other) => inOrder(one.row, other.row));
    for (;;) {
      const [head] = heap;
      if (!head) return;
      yield head.row;
      const next = head.rows.next();
      if (!next.done) heap[0] = { row: next.value, rows: head.rows };
      else {
        const last = heap.pop();
        if (last && heap.length > 0) heap[0] = last;
      }
      sink(heap);
    }
  }
}

interface Head {
  readonly row: OriginalRow;
  readonly rows: Iterator<OriginalRow>;
}

const inOrder = (one: OriginalRow, other: OriginalRow): number =>
  one.person < other.person ? -1 : one.person > other.person ? 1 : one.line - other.line;

/** Lets the first of a heap sink to its place. */
function sink(heap: Head[]): void {
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const least = [left, right].reduce((best, child) => {
      const [one, other] = [heap[child], heap[best]];
      return one && other && inOrder(one.row, other.row) < 0 ? child : best;
    }, at);
    const [here, there] = [heap[at], heap[least]];
    if (least === at || !here || !there) return;
    heap[at] = there;
    heap[least] = here;
    at = least;
  }
}
