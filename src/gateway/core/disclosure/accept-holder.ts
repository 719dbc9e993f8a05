import { keyedDigest } from '../../../protocol/digest.ts';
import { base64url } from '../../../protocol/encoding.ts';
import { cardHolder } from '../../../protocol/messages/card-holder.ts';
import type { Gateway } from '../gateway.ts';
import { orRecordRefusal, receive, replayHorizon } from '../receive.ts';

/**
 * Takes the registry’s word for who signed a challenge, and opens the session that the challenge was given out for.
 * The resident code is forgotten with the message; what stays for the length of the session is the digest by which the
 * gateway knows the person anyway. That records were disclosed is itself on record.
 * @throws RenkeiError not_authenticated, message_replayed, and what `receive` throws
 */
export async function acceptHolder(gateway: Gateway, token: string): Promise<void> {
  const opened = await receive(gateway, cardHolder, token);
  const { iss, jti, challenge, residentCode } = opened.claims;
  const person = base64url(keyedDigest(gateway.mint.person, residentCode));
  await orRecordRefusal(gateway, opened, {}, () =>
    gateway.store.transact((tx) => {
      gateway.persons.use(challenge);
      tx.claim(iss, jti, replayHorizon(gateway, opened.claims));
      tx.record({ kind: 'disclosed', at: gateway.clock.now(), message: jti, person });
    }),
  );
  gateway.persons.open(challenge, person);
}
