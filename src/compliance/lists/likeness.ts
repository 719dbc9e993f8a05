/** How much two sets have in common: members of both over members of either, 0 to 1. */
export function jaccard<Member>(a: ReadonlySet<Member>, b: ReadonlySet<Member>): number {
  if (a.size === 0 && b.size === 0) return 1;
  const both = a.intersection(b).size;
  return both / (a.size + b.size - both);
}

/** The pairs of neighbouring characters of a text: Japanese has no spaces to cut at. */
export const pairsOf = (text: string): ReadonlySet<string> => {
  const characters = [...text];
  return new Set(characters.slice(1).map((one, at) => `${characters[at]}${one}`));
};

/** How much of the shorter text the longer one holds, and how alike both are: their mean, 0 to 1. */
export function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = a.intersection(b).size;
  const shorter = Math.min(a.size, b.size);
  if (shorter === 0) return 0;
  return (both / shorter + (2 * both) / (a.size + b.size)) / 2;
}
