import { numericDate } from '../../protocol/day.ts';
import { keyedDigest } from '../../protocol/digest.ts';
import { base64url } from '../../protocol/encoding.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import { signMessage } from '../../protocol/message.ts';
import { codeNotice } from '../../protocol/messages/code-notice.ts';
import { residentCodes } from '../../protocol/messages/resident-codes.ts';
import type { Gateway } from './gateway.ts';
import { orRecordRefusal, receive, replayHorizon } from './receive.ts';

/**
 * Mints this agency’s codes (情報提供用個人識別符号) for the residents that the registry names and sends them to
 * the agency’s node under its acquisition numbers (番号法21条の2). The resident codes and the acquisition
 * numbers are forgotten with the request; a keyed digest stays, which mints the same code again.
 * @returns how many codes were sent
 * @throws RenkeiError provider_unavailable when the node cannot be reached: asking again has the same result
 */
export async function mintCodes(gateway: Gateway, token: string): Promise<number> {
  const opened = await receive(gateway, residentCodes, token);
  const { agency, entries: residents, iss, jti } = opened.claims;
  if (!gateway.agencies.find(agency)) throw new RenkeiError('agency_unknown');
  const minted = residents.map(({ acquisition, residentCode }) => {
    const person = base64url(keyedDigest(gateway.mint.person, residentCode));
    const code = base64url(keyedDigest(gateway.mint.code, agency, person).subarray(0, 16));
    return { acquisition, person, code };
  });
  await orRecordRefusal(gateway, opened, {}, () =>
    gateway.store.transact((tx) => {
      tx.claim(iss, jti, replayHorizon(gateway, opened.claims));
      for (const { code, person } of minted) tx.putCode(agency, code, person);
    }),
  );
  const notice = await signMessage(
    codeNotice,
    {
      iss: GATEWAY,
      aud: agency,
      jti: gateway.newId(),
      iat: numericDate(gateway.clock.now()),
      entries: minted.map(({ acquisition, code }) => ({ acquisition, code })),
    },
    gateway.signer,
  );
  gateway.observe({
    kind: 'code-notice',
    from: GATEWAY,
    to: agency,
    ids: [jti],
    facts: { codes: minted.length },
  });
  await gateway.nodes.notifyCodes(agency, notice);
  return minted.length;
}
