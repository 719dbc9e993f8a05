import { base64url } from '../../src/protocol/encoding.ts';
import { signCheckpoint } from '../../src/protocol/log/checkpoint.ts';
import { Frontier } from '../../src/protocol/log/frontier.ts';
import { leafHash } from '../../src/protocol/log/hash.ts';
import { recordLeaf } from '../../src/protocol/log/leaf.ts';
import { originOf } from '../../src/protocol/log/origin.ts';
import { noteSigner } from '../../src/protocol/log/signed-note.ts';
import type { Audited } from './audited-world.ts';

/** What somebody does to the records of one party, and the first record that is then not what it was. */
export interface Tampered {
  readonly lines: readonly string[];
  readonly first: number;
}
export const SORTS = [
  'edit',
  'delete',
  'insert',
  'reorder',
  'truncate',
  'snapshot',
  'fork',
] as const;
export type Sort = (typeof SORTS)[number];

interface RecordLine {
  readonly index: number;
  readonly record: string;
  readonly leaf: string;
}

/** A number below `below`, out of the run’s seed. */
export type Chance = (below: number) => number;

/**
 * Tampers with a party’s store. Clumsy: the file alone is changed. Careful: whoever does it has the party’s own key too, makes
 * all hashes fit, and has the party sign what is there now; what the others have seen is out of reach.
 * @param seen how many records the others have seen: what nobody ever saw, nobody can miss
 */
export function tamper(
  log: Audited,
  sort: Sort,
  careful: boolean,
  seen: number,
  chance: Chance,
): Tampered {
  const parsed = log.lines.map((line) => JSON.parse(line));
  const records: RecordLine[] = parsed.filter((line) => 'index' in line);
  const texts = records.map(({ record }) => record);
  const at = chance(seen - 1);
  const changed = changeTo(texts, sort, at, seen, chance);
  const first = changed.findIndex((text, place) => text !== texts[place]);
  const begins = first === -1 ? changed.length : first;
  if (careful || sort === 'fork' || sort === 'snapshot') {
    return { lines: resealed(log, changed, parsed), first: begins };
  }
  // The file is changed, and its rows keep the places and hashes that they had.
  const others = parsed.filter((line) => !('index' in line));
  const rows = clumsy(records, changed, sort, at);
  return { lines: [...rows, ...others].map((line) => JSON.stringify(line)), first: begins };
}

function changeTo(
  texts: readonly string[],
  sort: Sort,
  at: number,
  seen: number,
  chance: Chance,
): string[] {
  const copy = [...texts];
  const edited = (text = '') => {
    const record = JSON.parse(text);
    const field = ['at', 'requestedAt', 'answeredAt'].filter((name) => name in record);
    const name = field[chance(field.length)] ?? 'at';
    record[name] += 1 + chance(1000);
    return recordLeaf(record);
  };
  switch (sort) {
    case 'edit':
      copy[at] = edited(copy[at]);
      return copy;
    case 'delete':
      copy.splice(at, 1);
      return copy;
    case 'insert':
      copy.splice(at, 0, edited(copy[chance(seen)]));
      return copy;
    case 'reorder': {
      const [moved = ''] = copy.splice(at, 1);
      copy.splice(at + 1 + chance(seen - at - 1), 0, moved);
      return copy;
    }
    case 'truncate':
    case 'snapshot':
      return copy.slice(0, at);
    case 'fork': {
      const before = copy.slice(0, at);
      const more = Array.from({ length: 1 + chance(8) }, (_, place) =>
        edited(copy[(at + place) % copy.length]),
      );
      return [...before, ...more];
    }
  }
}

/** Rows as a database would have them after one statement of SQL. */
function clumsy(
  records: readonly RecordLine[],
  changed: readonly string[],
  sort: Sort,
  at: number,
) {
  if (sort === 'edit') return records.map((row, place) => ({ ...row, record: changed[place] }));
  if (sort === 'delete') return records.filter((_, place) => place !== at);
  if (sort === 'truncate') return records.slice(0, at);
  // Other records under the places that they were given, each with the hash that belongs to it.
  return changed.map((record, index) => ({ index, record, leaf: base64url(leafHash(record)) }));
}

function resealed(
  log: Audited,
  texts: readonly string[],
  before: readonly { seen?: unknown }[],
): string[] {
  const tree = new Frontier();
  const rows = texts.map((record, index) => {
    const leaf = leafHash(record);
    tree.append(leaf);
    return { index, record, leaf: base64url(leaf) };
  });
  const signer = noteSigner(originOf(log.party), log.key);
  const head = { size: tree.size, root: tree.root() };
  const checkpoints = tree.size > 0 ? [{ checkpoint: signCheckpoint(head, signer) }] : [];
  const seen = before.filter((line) => 'seen' in line);
  return [...rows, ...checkpoints, ...seen].map((line) => JSON.stringify(line));
}
