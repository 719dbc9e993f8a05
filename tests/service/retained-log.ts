import { logKey, verifierKey } from '../../src/protocol/log/log-key.ts';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import { type ManualClock, manualClock } from '../../src/service/clock.ts';
import { makeIds } from '../../src/service/ids.ts';
import { seededRandomness } from '../../src/service/randomness.ts';
import { Retention } from '../../src/service/record-log/retention.ts';
import { groupCommit } from '../../src/service/sqlite/group-commit.ts';
import { LOG_SQL, LogStore } from '../../src/service/sqlite/log-store.ts';
import { openDatabase } from '../../src/service/sqlite/open-database.ts';
import { RETENTION_SQL, RetentionTable } from '../../src/service/sqlite/retention-table.ts';
import { digestOf, idOf } from '../support/ids.ts';

const key = logKey(new Uint8Array(32).fill(7));
const name = 'renkei/11202';
const { id } = verifierKey(name, 'ed25519', key.publicKey);
export const logVerifier = { name, publicKey: key.publicKey };

const OPEN =
  'CREATE TABLE open_exchanges (id TEXT PRIMARY KEY) STRICT; CREATE TABLE hanging (id TEXT) STRICT;';
const migrations = [
  {
    version: 1,
    name: 'records',
    sql: `CREATE TABLE records (seq INTEGER PRIMARY KEY AUTOINCREMENT, exchange TEXT, record TEXT NOT NULL) STRICT;
      CREATE INDEX records_exchange ON records (exchange); ${LOG_SQL} ${RETENTION_SQL} ${OPEN}`,
  },
];

/** A log that is pruned, with exchanges that a test says are open and rows that hang on them. */
export function retainedLog({
  path = ':memory:',
  at = '2026-11-22T09:00:00+09:00',
  keep = 'P7Y',
  written = () => undefined,
  committed = () => undefined,
}: {
  path?: string;
  at?: string;
  keep?: string;
  /** Called when a transaction of pruning has written all, and when it is durable. */
  written?: () => void;
  committed?: () => void;
} = {}) {
  const clock: ManualClock = manualClock(at);
  const db = openDatabase({ path, migrations, clock });
  const store = new LogStore(db, { name, id, signLater: (text) => key.signLater(text) });
  const commit = groupCommit(db, () => store.records, store);
  const table = new RetentionTable(db, store.records, {
    unfinished: 'EXISTS (SELECT 1 FROM open_exchanges WHERE id = ?1)',
    dropped: ['DELETE FROM hanging WHERE id = ?1'],
    person: "record ->> '$.person'",
  });
  // What another party says; by itself it follows the clock.
  const time: { vouched: number | undefined; asked: number } = { vouched: Infinity, asked: 0 };
  const retention = new Retention({
    keep,
    table,
    clock,
    newId: makeIds(seededRandomness('retention', path)),
    async transact(work) {
      const result = await commit.transact((log) => {
        const made = work(log);
        written();
        return made;
      });
      committed();
      return result;
    },
    vouched: () => time.vouched,
    askTime: async () => {
      time.asked += 1;
    },
    alarms: () => 0,
  });
  const write = (...entries: ProvisionRecord[]) =>
    commit.transact((log) => entries.map((entry) => log.record(entry)));
  /** A record of an exchange, now. */
  const record = (exchange: string, more: Partial<ProvisionRecord> = {}): ProvisionRecord => ({
    kind: 'permitted',
    at: clock.now(),
    exchange: idOf(exchange),
    statement: digestOf(`${exchange} ${clock.now()}`),
    ...more,
  });
  /** Indices that still have their content. */
  const kept = () => store.records.records(0, 1_000_000).map(({ seq }) => seq - 1);
  return {
    clock,
    db,
    store,
    log: store.records,
    commit,
    table,
    time,
    retention,
    write,
    record,
    kept,
  };
}
