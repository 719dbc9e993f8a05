import { openCardAssertion } from '../../protocol/card-assertion.ts';
import { numericDate } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY, REGISTRY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { cardHolder } from '../../protocol/messages/card-holder.ts';
import { findCard } from './issue-card.ts';
import type { Registry } from './registry.ts';

/**
 * Vouches to the gateway for the holder of the card that signed its challenge. The gateway learns who, in the one
 * form that it can turn into its own digest, and not with which card; the registry never learns what is read there.
 * @throws RenkeiError signature_invalid (also for a card that was never issued), clock_skew, not_authorised for a
 *   revoked card, and what the gateway says: not_authenticated or message_replayed for the challenge
 */
export async function vouchForHolder(registry: Registry, assertion: string): Promise<void> {
  const now = registry.clock.now();
  const { card, challenge } = await openCardAssertion(assertion, {
    keyOf: (serial) => findCard(registry, serial)?.key,
    now,
    toleranceSeconds: registry.toleranceSeconds,
  });
  const issued = findCard(registry, card);
  if (!issued) throw new RenkeiError('signature_invalid');
  // Only now: whether a card was revoked is told to nobody but whoever holds it.
  if (registry.cards.store.read.isRevoked(card)) throw revoked();
  const message = await signMessage(
    cardHolder,
    {
      iss: REGISTRY,
      aud: GATEWAY,
      jti: registry.newId(),
      iat: numericDate(now),
      challenge,
      residentCode: issued.residentCode,
    },
    registry.signer,
  );
  registry.observe({ kind: 'card-holder', from: REGISTRY, to: GATEWAY, ids: [challenge] });
  await registry.sendHolder(message);
}

const revoked = (): RenkeiError =>
  new RenkeiError('not_authorised', {
    ja: 'このカードは失効しています',
    en: 'This card was revoked',
    hint: {
      ja: '新しいカードの交付を受けてください',
      en: 'A new card is needed',
    },
  });
