import { widthOf } from '../output/style.ts';

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
