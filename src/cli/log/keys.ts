import { readFile } from 'node:fs/promises';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { parseVerifierKey } from '../../protocol/log/log-key.ts';
import { originOf } from '../../protocol/log/origin.ts';
import { type NoteVerifier, noteVerifier } from '../../protocol/log/signed-note.ts';
import { usage } from '../output/cli-failure.ts';

/** Verifier keys of logs by party, as `renkei log export` writes them: one `name+id+key` a line. */
export type Keys = ReadonlyMap<string, readonly NoteVerifier[]>;

export const KEYS_FILE = 'keys.txt';

/** @throws CliFailure usage */
export function keysIn(text: string, place: string): Keys {
  const keys = new Map<string, NoteVerifier[]>();
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  for (const line of lines) {
    try {
      const { name, publicKey } = parseVerifierKey(line.trim());
      keys.set(name, [...(keys.get(name) ?? []), noteVerifier(name, publicKey)]);
    } catch (error) {
      if (!(error instanceof LogInvalid)) throw error;
      throw usage(`${place}: 検証鍵ではない行があります`, `${place}: a line is no verifier key`, {
        ja: '`renkei log export` が書き出す keys.txt の形式です',
        en: 'The form is that of keys.txt, as `renkei log export` writes it',
      });
    }
  }
  return keys;
}

/** A key as it was given: itself, or a file of keys. @throws CliFailure usage */
export async function readKeys(given: string): Promise<Keys> {
  if (/^[^+\s]+\+[0-9a-f]{8}\+/.test(given)) return keysIn(given, '--key');
  const text = await readFile(given, 'utf8').catch(() => {
    throw usage(`検証鍵のファイル ${given} を読めません`, `cannot read the keys in ${given}`);
  });
  return keysIn(text, given);
}

/** The keys of one party’s log. @throws CliFailure usage when there is none */
export function keysOf(keys: Keys, party: string): readonly NoteVerifier[] {
  const found = keys.get(originOf(party));
  if (found) return found;
  throw usage(`${party} のログの検証鍵がありません`, `there is no key of the log of ${party}`, {
    ja: `ある鍵: ${[...keys.keys()].join(', ')}`,
    en: `keys: ${[...keys.keys()].join(', ')}`,
  });
}
