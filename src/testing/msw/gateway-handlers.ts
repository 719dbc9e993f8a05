import type { RequestHandler } from 'msw';
import { GATEWAY } from '../../protocol/identifiers.ts';
import type { PublicKey } from '../../protocol/keys.ts';
import type { TestNetworkOptions } from '../network/options.ts';
import { startedWith } from '../network/start-network.ts';
import type { TestNetwork } from '../network/test-network.ts';
import { GatewayKit } from './gateway-kit.ts';
import { handlersOf } from './handlers.ts';
import { nodeKey, withKey } from './node-key.ts';
import { PlayedGateway } from './play-gateway.ts';
import { Primed } from './primed.ts';
import { primableNodes } from './providers.ts';

/** The node that you develop: where it listens, or what answers for it in this process. */
export type NodeUnderDevelopment =
  | { readonly url: string }
  | { readonly fetch: (request: Request) => Response | Promise<Response> };

export interface GatewayHandlersOptions extends TestNetworkOptions {
  /** Code of the agency whose node you develop; it has to be in the configuration. */
  readonly agency: string;
  /** Where answers that come later are delivered (`/v1/deliveries`) and provision is asked for (`/v1/provide-requests`). */
  readonly node?: NodeUnderDevelopment;
  /** Your node’s own public key; without it, sign with `agencyKey`. */
  readonly publicKey?: PublicKey;
  /** Address under which your node knows the gateway. */
  readonly url?: string;
}

/**
 * MSW handlers that play the gateway, and providers behind it, for a node under development. A real gateway decides
 * by the shipped lists and signs for real; it is started in this process and listens nowhere that your node could know.
 * @example
 * await using gateway = await gatewayHandlers({ agency: '32201', agencies: ['11202', '32201'] });
 * const server = setupServer(...gateway.handlers);
 * server.listen({ onUnhandledFrame: 'error' });
 * @throws what `startNetwork` throws; Error when `msw` is not installed
 */
export async function gatewayHandlers(options: GatewayHandlersOptions): Promise<GatewayKit> {
  const { agency, node, publicKey, url = 'http://gateway.renkei.test' } = options;
  const primed = new Primed();
  const complaints: string[] = [];
  const nodeUrl =
    node && ('url' in node ? node.url.replace(/\/$/, '') : `http://node-${agency}.renkei.test`);
  const addKey = publicKey && (await withKey(agency, publicKey));
  const started: { network?: TestNetwork } = {};
  const network = (): TestNetwork => {
    if (started.network) return started.network;
    throw new Error('the gateway has not started yet');
  };
  started.network = await startedWith(options, {
    // A node under development may not keep a log yet; what it shows is verified.
    proofs: 'as-shown',
    gatewayOverrides: (made) => ({
      nodes: primableNodes(
        made.nodes,
        primed,
        () => network().network,
        (words) => complaints.push(words),
      ),
      ...(addKey && { agencies: addKey(made.agencies) }),
    }),
    // While the network starts, the kit’s own node of this agency acquires the codes.
    via: (from, to, at) =>
      started.network && nodeUrl !== undefined && from === GATEWAY && to === agency ? nodeUrl : at,
  });
  const { config, gateway } = network().network;
  network().client(agency);
  const played = new PlayedGateway(network, primed);
  const handlers: readonly RequestHandler[] = await handlersOf({
    url: url.replace(/\/$/, ''),
    played,
    ...(node && nodeUrl !== undefined && { node: { ...node, at: nodeUrl } }),
  });
  const [gatewayKey] = gateway.gateway.agencies.find(GATEWAY)?.keys ?? [];
  if (!gatewayKey) throw new Error('the gateway has no key');
  return new GatewayKit({
    ...{ agency, url, handlers, gatewayKey, primed, played, complaints },
    agencyKey: await nodeKey(config.seed, agency),
    network: network(),
  });
}
