import type { Say } from '../../frame/language.ts';

/** What became of an exchange, in words. */
export function stateWords(say: Say, state: string): string {
  const words: Readonly<Record<string, readonly [string, string]>> = {
    permitted: ['許可', 'Permitted'],
    denied: ['不許可', 'Denied'],
    pending: ['確認待ち', 'Waits for review'],
    provided: ['提供', 'Provided'],
    no_record: ['該当なし', 'No record'],
    refused: ['提供の拒否', 'Refused'],
    unanswered: ['回答なし', 'Unanswered'],
  };
  const found = Object.hasOwn(words, state) ? words[state] : undefined;
  return found ? say(...found) : state;
}

/** Colour never says alone what the word says: it groups. */
export const stateClass = (state: string): string =>
  ({ provided: 'good', no_record: 'good', denied: 'bad', refused: 'bad', unanswered: 'bad' })[
    state
  ] ?? 'open';

/** An instant in Japan, to the second. */
export const timeWords = (iso: string): string =>
  new Date(Date.parse(iso) + 9 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
