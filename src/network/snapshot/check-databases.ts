import { DatabaseSync } from 'node:sqlite';
import type { Databases } from './snapshot.ts';
import { notAState } from './state-file.ts';

/** Big-endian, in SQLite’s file header (https://sqlite.org/fileformat.html §1.3). */
const USER_VERSION_AT = 60;

/**
 * Checks databases that came from elsewhere against those of the network that is to take them: same parties,
 * sound, and with the very tables that this renkei made.
 * @throws RenkeiError message_malformed
 */
export function checkDatabases(found: Databases, own: Databases): void {
  check('gateway', found.gateway, own.gateway);
  check('registry', found.registry, own.registry);
  checkAll(found.nodes, own.nodes);
  checkAll(found.addressNumbers, own.addressNumbers);
}

function checkAll(
  found: Readonly<Record<string, Uint8Array>>,
  own: Readonly<Record<string, Uint8Array>>,
): void {
  for (const [code, bytes] of Object.entries(own)) check(code, found[code], bytes);
  for (const code of Object.keys(found)) {
    if (!Object.hasOwn(own, code)) throw broken(code);
  }
}

function check(party: string, found: Uint8Array | undefined, own: Uint8Array): void {
  if (!found || found.length < 512) throw broken(party);
  if (versionOf(found) !== versionOf(own)) {
    throw notAState(
      `${party} のデータは別の版の renkei のものです`,
      `The data of ${party} is of another version of renkei`,
    );
  }
  if (schemaOf(party, found) !== schemaOf(party, own)) throw broken(party);
}

const versionOf = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt32BE(USER_VERSION_AT);

/** The statements that made its tables. */
function schemaOf(party: string, bytes: Uint8Array): string {
  const db = new DatabaseSync(':memory:', { defensive: true });
  try {
    db.deserialize(bytes);
    const sound = db.prepare('PRAGMA quick_check').all();
    if (sound.length !== 1 || sound[0]?.quick_check !== 'ok') throw broken(party);
    const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
    return JSON.stringify(rows);
  } catch {
    throw broken(party);
  } finally {
    db.close();
  }
}

const broken = (party: string) =>
  notAState(`${party} のデータベースを読めません`, `The database of ${party} can’t be read`);
