import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RunningAddressNumbers } from '../../src/address-numbers/index.ts';
import { readConfig } from '../../src/network/config/read.ts';
import type { NetworkConfig } from '../../src/network/config/schema.ts';
import type { Network, NetworkOptions } from '../../src/network/network.ts';
import { startNetwork } from '../../src/network/start-network.ts';
import type { Copy } from '../../src/network/world/holdings.ts';
import { KINDS } from '../../src/network/world/layouts.ts';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { InquiryView } from '../../src/protocol/node-api/inquiries.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { ProvisionRecord } from '../../src/protocol/record.ts';
import { type ManualClock, manualClock } from '../../src/service/clock.ts';
import { makeIds } from '../../src/service/ids.ts';
import { systemRandomness } from '../../src/service/randomness.ts';
import { type CallOptions, call, type Reply } from './call.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const shippedConfig = readConfig(readFileSync(`${ROOT}renkei.yaml`, 'utf8'), 'renkei.yaml');

export const KUMAGAYA = '11202';
export const MATSUE = '32201';
export const IZUMO = '32203';
export const VACCINATION = KINDS.vaccination;
/** A time at which the order in force allows item 25 and 出雲市’s assessment has ended. */
export const NOW = '2026-11-22T09:00:00+09:00';
/** Before that end. */
export const WHILE_ASSESSED = '2026-03-01T09:00:00+09:00';

export interface TestNetworkOptions {
  readonly agencies?: readonly string[];
  readonly residents?: number;
  readonly at?: string;
  readonly storage?: NetworkOptions['storage'];
  readonly chance?: 'system' | 'seeded';
  readonly config?: (config: NetworkConfig) => NetworkConfig;
  readonly overrides?: NetworkOptions['overrides'];
  readonly gatewayOverrides?: NetworkOptions['gatewayOverrides'];
  readonly via?: NetworkOptions['via'];
  readonly console?: NetworkOptions['console'];
  readonly controlRoutes?: NetworkOptions['controlRoutes'];
  readonly proofs?: NetworkOptions['proofs'];
}

/** A few agencies and residents out of renkei.yaml, in memory, on free ports, by a clock that the test moves. */
export async function testNetwork(options: TestNetworkOptions = {}): Promise<TestNetwork> {
  const { agencies = [KUMAGAYA, MATSUE], residents = 96, at = NOW } = options;
  const small: NetworkConfig = {
    ...shippedConfig,
    agencies: shippedConfig.agencies.filter(({ code }) => agencies.includes(code)),
    residents: { count: residents },
  };
  const clock = manualClock(at);
  const network = await startNetwork({
    config: options.config?.(small) ?? small,
    folder: ROOT,
    storage: options.storage ?? { kind: 'memory' },
    clock,
    chance: options.chance ?? 'seeded',
    freePorts: true,
    ...(options.overrides && { overrides: options.overrides }),
    ...(options.via && { via: options.via }),
    ...(options.console && { console: options.console }),
    ...(options.controlRoutes && { controlRoutes: options.controlRoutes }),
    ...(options.proofs && { proofs: options.proofs }),
    ...(options.gatewayOverrides && { gatewayOverrides: options.gatewayOverrides }),
  });
  return new TestNetwork(network, clock);
}

/** Somebody whom the inquirer can ask the provider about. */
export interface Somebody {
  /** Integrated address number at the inquirer, and at the provider. */
  readonly number: string;
  readonly numberThere: string;
  readonly individualNumber: string;
  readonly hasCodeThere: boolean;
  readonly copy: Copy | undefined;
}

export interface Asked {
  readonly id?: string;
  readonly provider?: string;
  readonly item?: string;
  readonly affair?: string;
  readonly information?: string;
  readonly period?: { from?: string; until?: string };
  readonly nonDisclosable?: true;
}

export class TestNetwork implements AsyncDisposable {
  readonly network: Network;
  readonly clock: ManualClock;
  readonly newId = makeIds(systemRandomness);
  /** Tokens of log-ins, by agency and user, which count instead of the ready ones. */
  readonly sessions = new Map<string, string>();
  readonly #asked = new Map<string, number>();
  readonly #changed = new Set<string>();

  constructor(network: Network, clock: ManualClock) {
    this.network = network;
    this.clock = clock;
  }

  url(party: string): string {
    if (party === GATEWAY) return this.network.gateway.url;
    if (party === 'registry') return this.network.registry.url;
    if (party === 'control') return this.network.control.url;
    const [agency = '', system] = party.split(' ');
    if (system) return this.addressNumbers(agency).url;
    return this.network.agency(party).url;
  }

  /** An agency’s address-number system; as a party it is called `CODE address-numbers`. */
  addressNumbers(agency: string): RunningAddressNumbers {
    const found = this.network.addressNumbers.get(agency);
    if (!found) throw new RangeError(agency);
    return found;
  }

  /** The token of one of an agency’s callers; of the operator at the control plane. */
  token(agency: string, who: string): string {
    if (agency === 'control') return this.network.control.token;
    const [code = '', system] = agency.split(' ');
    if (system) return this.network.addressNumberTokens.get(code)?.[who] ?? '';
    const credentials = this.network.credentials.get(agency);
    const own: Readonly<Record<string, string>> = {
      ...credentials?.businessSystems,
      ...credentials?.staff,
    };
    return this.sessions.get(`${agency} ${who}`) ?? own[who] ?? '';
  }

  post(party: string, path: string, body: unknown, options?: CallOptions): Promise<Reply> {
    return call(`${this.url(party)}${path}`, body, options);
  }

  get(party: string, path: string, options?: CallOptions): Promise<Reply> {
    return call(`${this.url(party)}${path}`, undefined, options);
  }

  /** Everybody whom both know, with what the provider holds of them. */
  people(
    inquirer = MATSUE,
    provider = KUMAGAYA,
    information: string = VACCINATION,
  ): readonly Somebody[] {
    const here = this.network.world.agencies.get(inquirer);
    const there = this.network.world.agencies.get(provider);
    if (!here || !there) throw new RangeError('no such agency');
    return here.persons
      .filter(({ hasCode }) => hasCode)
      .flatMap(({ integratedAddressNumber: number, individualNumber }) => {
        const same = there.persons.find((each) => each.individualNumber === individualNumber);
        if (!same) return [];
        const numberThere = same.integratedAddressNumber;
        const copy = there.copies.find(
          (each) =>
            each.integratedAddressNumber === numberThere && each.information === information,
        );
        return [{ number, numberThere, individualNumber, hasCodeThere: same.hasCode, copy }];
      });
  }

  /** Somebody of a sort, whoever was asked about least; nobody whose copy a test has changed. */
  somebody(
    sort: 'ordinary' | 'disabled' | 'protected' | 'no-copy' | 'no-code-there',
    inquirer = MATSUE,
    provider = KUMAGAYA,
  ): Somebody {
    const keyOf = ({ number }: Somebody) => `${inquirer} ${provider} ${number}`;
    const times = (each: Somebody) => this.#asked.get(keyOf(each)) ?? 0;
    const [found] = this.people(inquirer, provider)
      .filter((each) => sortOf(each) === sort && !this.#changed.has(each.numberThere))
      .sort((one, other) => times(one) - times(other));
    if (!found) throw new RangeError(`nobody is ${sort}`);
    this.#asked.set(keyOf(found), times(found) + 1);
    return found;
  }

  /** Somebody of whom the provider holds a copy with these flags. */
  async flagged(
    flags: Pick<Partial<Copy>, 'autoResponseDisabled' | 'nonDisclosable'>,
    inquirer = MATSUE,
    provider = KUMAGAYA,
  ): Promise<Somebody> {
    const somebody = this.somebody('ordinary', inquirer, provider);
    await this.putCopy(provider, somebody, flags);
    return somebody;
  }

  /** POST /v1/inquiries by a business system of `inquirer`; item 25 of vaccination at 熊谷 unless told. */
  inquire(
    somebody: Pick<Somebody, 'number'>,
    { provider = KUMAGAYA, item, affair, information = VACCINATION, ...rest }: Asked = {},
    { inquirer = MATSUE, as = 'gyomu' }: { inquirer?: string; as?: string } = {},
  ): Promise<Reply> {
    const asked = item === undefined && affair === undefined ? { item: '25' } : { item, affair };
    return this.post(
      inquirer,
      '/v1/inquiries',
      { integratedAddressNumber: somebody.number, provider, information, ...asked, ...rest },
      { token: this.token(inquirer, as) },
    );
  }

  /** What the inquirer’s business system sees of an inquiry now. */
  async inquiry(id: string, inquirer = MATSUE): Promise<InquiryView> {
    const path = `/v1/inquiries/${id}`;
    return viewOf(await this.get(inquirer, path, { token: this.token(inquirer, 'gyomu') }));
  }

  /** A step of a review by a member of staff, who looks at the content before it is reviewed or approved. */
  async step(
    step: 'review' | 'return' | 'approve' | 'decline',
    exchange: string,
    staff: string,
    provider = KUMAGAYA,
  ): Promise<Reply> {
    const path = `/v1/reviews/${exchange}`;
    const options = { token: this.token(provider, staff) };
    const looks = step === 'review' || step === 'approve';
    const shown = looks ? (await this.get(provider, path, options)).json.seen : undefined;
    const body = looks ? { seen: shown ?? 'A'.repeat(43) } : { reason: 'other' };
    return await this.post(provider, `${path}/${step}`, body, options);
  }

  /** All of a party’s records, oldest first. */
  records(party: string): readonly ProvisionRecord[] {
    const store =
      party === GATEWAY
        ? this.network.gateway.gateway.store.read
        : this.network.agency(party).node.store.read;
    return store.records(0, 1_000_000).map(({ record }) => record);
  }

  recordsOf(party: string, exchange: string): readonly ProvisionRecord[] {
    return this.records(party).filter((record) => record.exchange === exchange);
  }

  /** Changes what a provider holds of somebody. */
  async putCopy(
    agency: string,
    somebody: Somebody,
    change: Partial<Copy> & { readonly published?: string; readonly ended?: string },
  ): Promise<void> {
    const copy = { ...somebody.copy, ...change };
    this.#changed.add(somebody.numberThere);
    await this.network.agency(agency).node.store.transact((tx) =>
      tx.putCopy({
        integratedAddressNumber: somebody.numberThere,
        information: informationCode(copy.information ?? VACCINATION),
        published: copy.published,
        ended: copy.ended,
        layoutVersion: copy.layoutVersion ?? 'X-1',
        records: JSON.stringify(copy.records ?? [{ 接種種別: '試験' }]),
        autoResponseDisabled: copy.autoResponseDisabled ?? false,
        nonDisclosable: copy.nonDisclosable ?? false,
      }),
    );
  }

  settled(): Promise<void> {
    return this.network.settled();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.network.close();
  }
}

const sortOf = ({ hasCodeThere, copy }: Somebody) => {
  if (!hasCodeThere) return 'no-code-there';
  if (!copy) return 'no-copy';
  if (copy.nonDisclosable) return 'protected';
  return copy.autoResponseDisabled ? 'disabled' : 'ordinary';
};

/** An inquiry out of an answer. @throws Error when it is none */
export function viewOf({ status, json }: Reply): InquiryView {
  if (status >= 400) throw new Error(`refused with ${json.code}: ${json.en}`);
  return InquiryView.parse(json);
}
