import { styleText } from 'node:util';

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';
/** Colours a text; the identity where there is no terminal. */
export type Paint = (colour: Colour, text: string) => string;

/** Colours for this stream: only if it is a terminal and NO_COLOR is not set. */
export const paintFor =
  (stream: NodeJS.WriteStream): Paint =>
  (colour, text) =>
    styleText(colour, text, { stream, validateStream: true });

export const plain: Paint = (_, text) => text;

// East Asian Wide and Fullwidth (UAX #11), as far as the texts of this project go.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/gu;

/** Columns that a text without colours takes on a terminal. */
export const widthOf = (text: string): number => [...text].length + (text.match(WIDE)?.length ?? 0);

/** Fills up with spaces to a width in columns. */
export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** A text of somebody else’s that cannot move the cursor or colour the screen. */
export const harmless = (text: string): string => text.replace(/\p{Cc}/gu, '\ufffd');

/** A word as a shell takes it. */
export const shellWord = (word: string): string =>
  /^[\p{L}\p{N}_./:=@%+,・、。（）「」-]+$/u.test(word)
    ? word
    : `'${word.replaceAll("'", "'\\''")}'`;
