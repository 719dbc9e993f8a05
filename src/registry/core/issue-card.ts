import { RenkeiError } from '../../protocol/errors.ts';
import type { IssuedCard } from './ports.ts';
import type { Registry } from './registry.ts';

/** A card by its serial, revoked or not. */
export function findCard({ cards }: Registry, serial: string): IssuedCard | undefined {
  const later = cards.store.read.laterCard(serial);
  return later ? cards.make(later.first, later.number) : cards.make(serial, 0);
}

/** How many cards somebody had before the one that they have now. @param first serial of their first card */
export const currentNumber = ({ cards }: Registry, first: string): number =>
  cards.store.read.lastCard(first)?.number ?? 0;

/** The card was lost: from now on nobody is let in with it. Revoked again, it changes nothing. */
export async function revokeCard(registry: Registry, first: string): Promise<void> {
  const { cards, clock } = registry;
  const now = cards.make(first, currentNumber(registry, first));
  if (!now) throw new RenkeiError('not_found');
  await cards.store.transact((tx) => tx.revoke(now.serial, clock.now()));
}

/** A new card takes the place of the one before, which is revoked with it. */
export async function issueCard(registry: Registry, first: string): Promise<void> {
  const { cards, clock } = registry;
  await cards.store.transact((tx) => {
    const number = tx.lastCard(first)?.number ?? 0;
    const [before, next] = [cards.make(first, number), cards.make(first, number + 1)];
    if (!before || !next) throw new RenkeiError('not_found');
    tx.revoke(before.serial, clock.now());
    tx.addLater({ serial: next.serial, first, number: number + 1 });
  });
}
