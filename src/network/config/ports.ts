import type { ConfigPath } from './invalid.ts';
import type { NetworkConfig } from './schema.ts';

/** Who listens where. A port of 0 means whichever is free. */
export interface Ports {
  readonly gateway: number;
  readonly registry: number;
  readonly control: number;
  /** By agency code. */
  readonly nodes: ReadonlyMap<string, number>;
  /** By agency code. */
  readonly addressNumbers: ReadonlyMap<string, number>;
}

export const portsOf = (config: NetworkConfig): Ports => ({
  gateway: config.listen.gateway,
  registry: config.listen.registry,
  control: config.listen.control,
  nodes: new Map(config.agencies.map(({ code }, at) => [code, nodePort(config, at)])),
  addressNumbers: new Map(
    config.agencies.map(({ code }, at) => [code, addressNumbersPort(config, at)]),
  ),
});

const counted = (first: number, at: number) => (first === 0 ? 0 : first + at);

const nodePort = ({ agencies, listen }: NetworkConfig, at: number) =>
  agencies[at]?.port ?? counted(listen.nodes, at);

const addressNumbersPort = ({ listen }: NetworkConfig, at: number) =>
  counted(listen.addressNumbers, at);

/** Every port, with the key that sets it and the name of who would listen on it. */
export const portPlaces = (
  config: NetworkConfig,
): { readonly port: number; readonly path: ConfigPath; readonly user: string }[] => [
  ...(['gateway', 'registry', 'control'] as const).map((user) => ({
    port: config.listen[user],
    path: ['listen', user],
    user,
  })),
  ...config.agencies.map(({ code, port }, at) => ({
    port: nodePort(config, at),
    path: port === undefined ? ['listen', 'nodes'] : ['agencies', at, 'port'],
    user: `node ${code}`,
  })),
  ...config.agencies.map(({ code }, at) => ({
    port: addressNumbersPort(config, at),
    path: ['listen', 'addressNumbers'],
    user: `address-numbers ${code}`,
  })),
];
