import { harmless, type Paint, padTo } from '../output/style.ts';
import type { JournalEntry } from '../query/journal-entry.ts';

const WHO_WIDTH = 19;
const NAME_WIDTH = 18;

/** One entry of the journal on one line: when, who to whom, what, its outcome, size and seal, and its first id. */
export function entryLine(
  { at, kind, from, to, outcome, ids, facts }: JournalEntry,
  paint: Paint,
): string {
  const { message, bytes, sealedDigest, status } = facts ?? {};
  const name = kind === 'message' ? String(message) : kind;
  const good = kind !== 'fault' && outcome === undefined;
  return [
    paint('dim', clockText(at)),
    padTo(harmless(`${from} → ${to}`), WHO_WIDTH),
    padTo(harmless(kind === 'fault' ? `${kind} ${message}` : name), NAME_WIDTH),
    good
      ? paint('green', status === undefined ? '' : String(status))
      : paint(kind === 'fault' ? 'yellow' : 'red', harmless(outcome ?? '')),
    bytes === undefined || bytes === 0 ? '' : paint('dim', `${bytes} B`),
    sealedDigest === undefined
      ? ''
      : paint('cyan', `封 sealed ${String(sealedDigest).slice(0, 10)}…`),
    paint('dim', harmless(ids[0] ?? '')),
  ]
    .filter(Boolean)
    .join('  ')
    .trimEnd();
}

/** Time of day in Japan. */
const clockText = (at: number): string => new Date(at + 32_400_000).toISOString().slice(11, 23);
