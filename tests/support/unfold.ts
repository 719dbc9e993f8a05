/**
 * A text with everything that is folded into it: the parts of signed messages (base64url), messages within
 * messages, escapes of JSON. What is then not found in it was not sent.
 */
export function unfold(text: string, depth = 3): string {
  if (depth === 0) return text;
  const parts = text.match(/[A-Za-z0-9_-]{20,}/g) ?? [];
  const inner = parts
    .map((part) => Buffer.from(part, 'base64url').toString('utf8'))
    // Ciphertext, digests and keys decode to noise; what is text begins with a brace.
    .filter((decoded) => decoded.startsWith('{'))
    .map((decoded) => unfold(decoded, depth - 1));
  const unescaped = text.includes('\\u')
    ? text.replace(/\\u([0-9a-fA-F]{4})/g, (_, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
    : '';
  return [text, unescaped, ...inner].join('\n');
}

/** The needles that a text holds, folded in or not. */
export function foundIn(text: string, needles: Iterable<string>): string[] {
  const all = unfold(text);
  return [...needles].filter((needle) => all.includes(needle));
}
