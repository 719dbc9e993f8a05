import type { LogStore } from './log-store.ts';

/** What a keeper of records could do to them behind everybody's back. */
export const FORGERIES = ['remove', 'alter', 'fork'] as const;
export type Forgery = (typeof FORGERIES)[number];

/**
 * For simulation: does to a log what its triggers forbid, as somebody would who has the file and the keys, and has
 * the party go on from there. `remove` takes the last record away; `alter` changes when the one before the last was
 * written; `fork` takes the last away and puts others, one more, in its place. What others have seen stays with them.
 */
export function forgeLog(store: LogStore, how: Forgery): void {
  store.behindItsBack((db, records) => {
    const last = Number(db.prepare('SELECT max(seq) AS n FROM records').get()?.n ?? 0);
    const from = how === 'alter' ? Math.max(1, last - 1) : last;
    const kept = db.prepare('SELECT * FROM records WHERE seq >= ? ORDER BY seq').all(from);
    db.prepare('DELETE FROM records WHERE seq >= ?').run(from);
    records.reread();
    if (how === 'remove') return;
    const texts = kept.map(({ record }) => JSON.parse(String(record)));
    const [first] = texts;
    if (first) first.at += 1;
    if (how === 'fork') texts.push({ ...first, at: first.at + 1 });
    for (const text of texts) records.record(text);
  });
}
