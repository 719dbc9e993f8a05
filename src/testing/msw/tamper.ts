import { z } from 'zod';
import { networkKeys } from '../../network/keys.ts';
import type { Network } from '../../network/network.ts';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { Signer } from '../../protocol/keys.ts';
import { common, signMessage } from '../../protocol/message.ts';
import type { ChangeClaims, Primed, Tampering } from './primed.ts';
import { readMessage } from './seen.ts';

const Anything = z.looseObject({
  ...common,
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
});
const Body = z.record(z.string(), z.unknown());

/** Makes a reply wrong if that is primed for it. */
export async function tampered(
  network: Network,
  primed: Primed,
  request: { readonly method: string; readonly path: string },
  response: Response,
): Promise<Response> {
  const possible = tamperable(request, response.status);
  const outcome = primed.take('reply', ({ what }) => possible.includes(what));
  if (!outcome) return response;
  const body = Body.parse(await response.clone().json());
  const field = FIELDS[outcome.what];
  const text = String(body[field] ?? '');
  const wrong = outcome.change
    ? await signedAgain(network, text, outcome.change)
    : otherCharacter(text, outcome.what);
  const { status, headers } = response;
  const sent = new Headers(headers);
  sent.delete('content-length');
  return new Response(JSON.stringify({ ...body, [field]: wrong }), { status, headers: sent });
}

const FIELDS: Record<Tampering, string> = {
  permit: 'message',
  denial: 'statement',
  answer: 'message',
  sealed: 'sealed',
  directory: 'message',
  'permission-lists': 'message',
  document: 'document',
};

function tamperable(
  { method, path }: { method: string; path: string },
  status: number,
): Tampering[] {
  if (method === 'POST' && path === '/v1/permits') {
    return status === 201 ? ['permit'] : status === 403 ? ['denial'] : [];
  }
  if (status !== 200) return [];
  if (method === 'POST' && path === '/v1/query') return ['answer', 'sealed'];
  if (path === '/v1/directory') return ['directory'];
  if (path === '/v1/permission-lists') return ['permission-lists'];
  return path.startsWith('/v1/permission-lists/') ? ['document'] : [];
}

/** Of a statement, a character of its signature: what it says stays readable. */
function otherCharacter(text: string, what: Tampering): string {
  const from = what === 'sealed' || what === 'document' ? 0 : text.lastIndexOf('.') + 1;
  const at = from + Math.floor((text.length - from) / 2);
  return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
}

async function signedAgain(network: Network, token: string, change: ChangeClaims): Promise<string> {
  const { typ = '', claims = {} } = readMessage(JSON.stringify({ message: token })) ?? {};
  const signer = await signerOf(network, String(claims.iss));
  const changed = Anything.parse(change({ ...claims }));
  return await signMessage({ typ, claims: Anything }, changed, signer);
}

/** The keys of a simulated network come from its seed. */
async function signerOf({ config }: Network, party: string): Promise<Signer> {
  const keys = await networkKeys(
    config.seed,
    config.agencies.map(({ code }) => code),
  );
  const own = party === GATEWAY ? keys.gateway : keys.agencies.get(party)?.node;
  if (!own) throw new RangeError(`nobody signs for ${party}`);
  return own.signer;
}
