import { SystemEntry, SystemState } from '../../protocol/node-api/business-systems.ts';
import { integer, nullable, text } from '../../service/sqlite/columns.ts';
import type { Row, Statements } from '../../service/sqlite/statements.ts';
import type { BusinessSystem } from '../core/business-systems/business-system.ts';
import type { AccessToken, BusinessSystemTx } from '../core/business-systems/ports.ts';

/** Business systems and the digests of their tokens. */
export function businessSystemTables({ one, many, write }: Statements) {
  const put = write(
    `INSERT INTO business_systems VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, uses = excluded.uses, asks = excluded.asks,
       rate = excluded.rate, keys = excluded.keys, state = excluded.state, changed_at = excluded.changed_at`,
  );
  const addToken = write('INSERT INTO access_tokens VALUES (?, ?, ?)');
  const endTokens = write('DELETE FROM access_tokens WHERE system = ?');
  const sweepTokens = write('DELETE FROM access_tokens WHERE expires_at <= ?');
  const tables: BusinessSystemTx = {
    businessSystem: one('SELECT * FROM business_systems WHERE id = ?', systemOf),
    businessSystems: many('SELECT * FROM business_systems ORDER BY id', systemOf),
    accessToken: one('SELECT * FROM access_tokens WHERE digest = ?', tokenOf),
    putBusinessSystem(it) {
      const { id, name, state, createdAt, changedAt } = it;
      const json = [it.uses, it.asks, it.rate, it.keys].map(
        (value) => JSON.stringify(value) ?? null,
      );
      put(id, name, ...json, state, createdAt, changedAt);
    },
    addAccessToken({ digest, system, expiresAt }) {
      addToken(digest, system, expiresAt);
    },
    endAccessTokens: (system) => endTokens(system),
  };
  return { ...tables, sweepTokens };
}

const systemOf = (row: Row): BusinessSystem => ({
  ...SystemEntry.parse({
    id: text(row, 'id'),
    name: text(row, 'name'),
    uses: JSON.parse(text(row, 'uses')),
    asks: JSON.parse(text(row, 'asks')),
    rate: JSON.parse(nullable(row, 'rate', text) ?? 'null') ?? undefined,
    keys: JSON.parse(text(row, 'keys')),
  }),
  state: SystemState.parse(text(row, 'state')),
  createdAt: integer(row, 'created_at'),
  changedAt: integer(row, 'changed_at'),
});

const tokenOf = (row: Row): AccessToken => ({
  digest: text(row, 'digest'),
  system: text(row, 'system'),
  expiresAt: integer(row, 'expires_at'),
});
