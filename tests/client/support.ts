import { exportJWK, type JWK } from 'jose';
import { type BusinessSystemClient, businessSystem, type Fetch, staff } from 'renkei/client';
import { ClientKeyInput } from '../../src/protocol/client-key.ts';
import { keyPair } from '../support/business-system.ts';
import { MATSUE, type TestNetwork } from '../support/test-network.ts';

/** By the network’s own clock, without waiting. */
export const at = (net: TestNetwork, agency: string, fetch?: Fetch) => ({
  node: net.url(agency),
  now: () => net.clock.now(),
  wait: async () => undefined,
  ...(fetch && { fetch }),
});

/** A ready member of staff. */
export const desk = (net: TestNetwork, agency: string, user: string, fetch?: Fetch) =>
  staff({ ...at(net, agency, fetch), token: net.token(agency, user) });

export interface OwnSystem {
  readonly client: BusinessSystemClient;
  readonly id: string;
  readonly privateKey: JWK;
}

/** A business system with a key of its own that may do everything, entered and logged in. */
export async function ownSystem(
  net: TestNetwork,
  id: string,
  {
    agency = MATSUE,
    fetch,
    alg = 'EdDSA' as const,
  }: { agency?: string; fetch?: Fetch; alg?: 'EdDSA' | 'ES256' } = {},
): Promise<OwnSystem> {
  const { privateKey } = await keyPair(alg);
  const jwk = await exportJWK(privateKey);
  const { d: _, key_ops: __, ...publicKey } = jwk;
  const kanri = await desk(net, agency, 'kanri');
  await kanri.businessSystems.add({
    ...{ id, name: '健康情報システム', asks: 'all' },
    uses: ['inquire', 'import-copies', 'acquire-codes', 'change-persons'],
    keys: [ClientKeyInput.parse(publicKey)],
  });
  const client = await businessSystem({ ...at(net, agency, fetch), agency, id, privateKey: jwk });
  return { client, id, privateKey: jwk };
}

/** What somebody throws. */
export async function thrownBy(work: () => PromiseLike<unknown> | AsyncIterable<unknown>) {
  try {
    const made = work();
    if (Symbol.asyncIterator in made) for await (const _ of made);
    else await made;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** All of a list. */
export async function all<Item>(list: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of list) items.push(item);
  return items;
}

/** Operations of a party’s OpenAPI document that nobody called. @param called `GET /v1/…` as they went out */
export async function unreached(
  net: TestNetwork,
  party: string,
  called: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { json } = await net.get(party, '/openapi.json');
  const operations = Object.entries(json.paths as Record<string, object>).flatMap(
    ([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const reached = new Set([...called].map((call) => operationOf(call, operations)));
  return operations.filter((operation) => !reached.has(operation)).sort();
}

/** `/v1/copies/imports/ID` is not `/v1/copies/{person}/{information}`: the one that names least. */
function operationOf(call: string, operations: readonly string[]): string | undefined {
  const pattern = (operation: string) =>
    operation
      .replaceAll('.', '\\.')
      .replaceAll('{path}', '.+')
      .replaceAll(/\{\w+\}/g, '[^/]+');
  const fits = operations.filter((each) => new RegExp(`^${pattern(each)}$`).test(call));
  return fits.sort((one, other) => one.split('{').length - other.split('{').length)[0];
}
