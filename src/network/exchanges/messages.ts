import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { z } from 'zod';
import type {
  ExchangeMessage,
  OpenedStatement,
} from '../../protocol/control-api/exchange-detail.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { JournalEntry } from '../journal.ts';
import type { Watched } from '../network.ts';

/** The messages that carried one of these ids, as far as the journal still has them, oldest first. */
export async function messagesOf(
  network: Watched,
  ids: ReadonlySet<string>,
): Promise<ExchangeMessage[]> {
  const entries = network.journal
    .after(0, Number.POSITIVE_INFINITY)
    .filter(({ kind, ids: own }) => kind === 'message' && own.some((id) => ids.has(id)));
  const first = entries[0]?.elapsed ?? 0;
  return await Promise.all(entries.map((entry) => messageOf(network, entry, first)));
}

async function messageOf(
  network: Watched,
  entry: JournalEntry,
  first: number,
): Promise<ExchangeMessage> {
  const { facts = {}, outcome, elapsedMs } = entry;
  const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
  const token = network.texts.of(entry.seq);
  const statement = token === undefined ? undefined : await opened(network, token);
  return {
    seq: entry.seq,
    at: new Date(entry.at).toISOString(),
    afterMs: Math.round((entry.elapsed - first) * 1000) / 1000,
    from: entry.from,
    to: entry.to,
    message: String(facts.message ?? ''),
    leg: String(facts.leg ?? ''),
    ...(outcome !== undefined && { outcome }),
    ...(elapsedMs !== undefined && { elapsedMs }),
    bytes: number(facts.bytes),
    sealedBytes: number(facts.sealedBytes),
    ...(typeof facts.sealedDigest === 'string' && { sealedDigest: facts.sealedDigest }),
    ...(statement && { statement }),
  };
}

async function opened(
  network: Watched,
  token: string,
): Promise<z.infer<typeof OpenedStatement> | undefined> {
  try {
    const header = decodeProtectedHeader(token);
    const claims = decodeJwt(token);
    const signature = await signatureOf(network, token, claims.iss ?? '', header.kid ?? '');
    return { header: { ...header }, claims, signature, token };
  } catch {
    // A fault has cut it to pieces.
    return undefined;
  }
}

/** Whether the key that the statement names, in the gateway’s book, signed it (RFC 8725 §3.1: EdDSA alone). */
async function signatureOf(network: Watched, token: string, issuer: string, kid: string) {
  try {
    // Times are the network’s: what is old is still to be shown.
    const iat = Number(decodeJwt(token).iat ?? 0);
    const { key } = network.gateway.gateway.agencies.verifier(issuer || GATEWAY, kid, iat);
    const currentDate = new Date(iat * 1000);
    await jwtVerify(token, key, { algorithms: ['EdDSA', 'Ed25519'], currentDate });
    return 'valid';
  } catch (error) {
    return error instanceof RenkeiError ? 'key_unknown' : 'invalid';
  }
}
