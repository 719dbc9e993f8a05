import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupCommit } from '../src/service/sqlite/group-commit.ts';
import { openDatabase } from '../src/service/sqlite/open-database.ts';
import { statements } from '../src/service/sqlite/statements.ts';

/** Durable works a second in one run on one machine; read the ratio, not the figures. */
export interface GroupCommitFigures {
  /** One caller that waits for each commit. */
  readonly single: number;
  /** 32 callers that share commits. */
  readonly grouped: number;
  readonly ratio: number;
}

const SINGLE_WORKS = 2_000;
const GROUPED_WORKS = 40_000;
const CALLERS = 32;
/** About the size of a recorded exchange. */
const RECORD = Buffer.alloc(500, 0x2e);

const migrations = [
  {
    version: 1,
    name: 'records',
    sql: 'CREATE TABLE record (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT',
  },
];

/** Measures durable works with and without sharing commits, prints one line, returns the figures. */
export async function benchGroupCommit(): Promise<GroupCommitFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'renkei-bench-'));
  const db = openDatabase({ path: join(folder, 'bench.db'), migrations });
  const commit = groupCommit(db, (own) => ({
    insert: statements(own).write('INSERT INTO record (bytes) VALUES (?)'),
  }));

  async function worksASecond(callers: number, works: number): Promise<number> {
    let left = works;
    const start = performance.now();
    await Promise.all(
      Array.from({ length: callers }, async () => {
        while (left-- > 0) await commit.transact((tx) => tx.insert(RECORD));
      }),
    );
    return Math.round((works / (performance.now() - start)) * 1_000);
  }

  try {
    await worksASecond(CALLERS, GROUPED_WORKS / 10);
    const single = await worksASecond(1, SINGLE_WORKS);
    const grouped = await worksASecond(CALLERS, GROUPED_WORKS);
    const ratio = grouped / single;
    console.log(
      `group commit: ${grouped} durable works/s with ${CALLERS} callers, ${single} singly, ratio ${ratio.toFixed(1)}`,
    );
    return { single, grouped, ratio };
  } finally {
    await commit.close();
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) await benchGroupCommit();
