import type { Context } from 'hono';
import { RenkeiError } from '../../protocol/errors.ts';

const PASSED = ['content-type', 'accept'] as const;
const RETURNED = ['content-type', 'content-disposition', 'retry-after'] as const;

/**
 * Passes a call on to a party as it is, with that party’s own credential in the place of the operator’s.
 * @param unavailable what it means that the party cannot be reached
 */
export async function passOn(
  { req }: Context,
  url: string,
  credential: string | undefined,
  unavailable: 'provider_unavailable' | 'gateway_unavailable',
): Promise<Response> {
  const headers = new Headers();
  for (const name of PASSED) {
    const value = req.header(name);
    if (value !== undefined) headers.set(name, value);
  }
  if (credential !== undefined) headers.set('authorization', credential);
  const answer = await fetch(url, {
    method: req.method,
    headers,
    redirect: 'manual',
    ...(req.method === 'POST' && { body: req.raw.body, duplex: 'half' as const }),
  }).catch((cause: unknown) => {
    throw new RenkeiError(unavailable, {}, { cause });
  });
  const kept = new Headers({ 'cache-control': 'no-store' });
  for (const name of RETURNED) {
    const value = answer.headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers: kept });
}
