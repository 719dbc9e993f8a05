/** Characters that take two columns of a terminal: kanji, kana, full-width forms. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns of a terminal that a text takes. */
export const widthOf = (text: string): number =>
  [...text].reduce((width, one) => width + (WIDE.test(one) ? 2 : 1), 0);

/** Breaks a text into lines that fit: anywhere, as Japanese does, but at spaces where there are any. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    if (widthOf(paragraph) <= width) {
      lines.push(paragraph);
      continue;
    }
    let line = '';
    let taken = 0;
    for (const word of paragraph.match(/[!-~]+ ?|./gsu) ?? []) {
      for (const piece of widthOf(word) > width ? [...word] : [word]) {
        if (line !== '' && taken + widthOf(piece.trimEnd()) > width) {
          lines.push(line.trimEnd());
          line = '';
          taken = 0;
        }
        line += piece;
        taken += widthOf(piece);
      }
    }
    lines.push(line);
  }
  return lines.join('\n');
}
