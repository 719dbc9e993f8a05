import { codeNotice } from '../../protocol/messages/code-notice.ts';
import type { AgencyNode } from './node.ts';
import { fromGateway, replayHorizon } from './receive.ts';

/** An acquisition number only lives while a code is being acquired. */
const ACQUISITION_MS = 24 * 60 * 60 * 1000;

/** Makes an acquisition number (取得番号) for each person that has no code yet. */
export async function beginAcquisition(
  node: AgencyNode,
  persons: readonly string[],
): Promise<{ integratedAddressNumber: string; acquisition: string }[]> {
  const begun = persons
    .filter((person) => node.store.read.codeOf(person) === undefined)
    .map((integratedAddressNumber) => ({ integratedAddressNumber, acquisition: node.newId() }));
  const keepUntil = node.clock.now() + ACQUISITION_MS;
  await node.store.transact((tx) => {
    for (const { acquisition, integratedAddressNumber } of begun) {
      tx.addAcquisition(acquisition, integratedAddressNumber, keepUntil);
    }
  });
  return begun;
}

/**
 * Takes the codes that the gateway minted; each acquisition number is forgotten with its use.
 * @returns how many were taken
 */
export async function acceptCodes(node: AgencyNode, token: string): Promise<number> {
  const { claims } = await fromGateway(node, codeNotice, token);
  return await node.store.transact((tx) => {
    tx.claim(claims.iss, claims.jti, replayHorizon(node, claims));
    return claims.entries.filter(({ acquisition, code }) => tx.takeCode(acquisition, code)).length;
  });
}
