import { bytes, integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { KeyState, KeyTx, SigningKey } from '../core/keys/ports.ts';

/** The signing keys of the node, their secrets sealed. */
export function keyTable({ many, write }: Statements): KeyTx {
  const put = write(
    `INSERT INTO signing_keys (kid, x, state, seed, made_at, since, retires_at, old)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (kid) DO UPDATE SET state = excluded.state, seed = excluded.seed,
       since = excluded.since, retires_at = excluded.retires_at, old = excluded.old`,
  );
  const drop = write('DELETE FROM signing_keys WHERE kid = ?');
  return {
    // The first key has no time of its own, and comes last.
    keys: many('SELECT * FROM signing_keys ORDER BY made_at IS NULL, rowid DESC', keyOf),
    putKey(it) {
      const facts = [it.seed, it.madeAt, it.since, it.retiresAt, it.old];
      put(it.kid, it.x, it.state, ...facts.map((value) => value ?? null));
    },
    dropKey(kid) {
      drop(kid);
    },
  };
}

const keyOf = (row: Row): SigningKey => ({
  kid: text(row, 'kid'),
  x: text(row, 'x'),
  state: text(row, 'state') as KeyState,
  seed: nullable(row, 'seed', bytes),
  madeAt: nullable(row, 'made_at', integer),
  since: nullable(row, 'since', integer),
  retiresAt: nullable(row, 'retires_at', integer),
  old: nullable(row, 'old', text) as SigningKey['old'],
});
