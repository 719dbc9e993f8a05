/** Origins at which parties of this process’s networks were asked: what is said there is no call of the user’s. */
const asked = new Set<string>();

/** Notes where a party listens, and hands the address on. */
export function noted(url: string): string {
  asked.add(new URL(url).origin);
  return url;
}

export const isParty = (url: string): boolean => asked.has(new URL(url).origin);
