import { z } from 'zod';
import type { Network } from '../../network/network.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { Id, type Period } from '../../protocol/identifiers.ts';
import { InquiryView } from '../../protocol/node-api/inquiries.ts';
import { type KeyView, keys } from '../../protocol/node-api/keys.ts';
import { records } from '../../protocol/node-api/records.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Caller } from './caller.ts';
import type { InquiryOutcome } from './outcome.ts';
import { outcomeOf } from './outcome-of.ts';
import type { TestResident } from './resident.ts';
import { Reviews } from './reviews.ts';

const PAGE = 1000;
const DenialHere = z.object({ inquiry: Id, reasons: z.array(z.string()), ground: z.string() });

/** What a business system asks its node. Either `item` (項) or `affair` (事務) has to be there. */
export interface Question {
  /** A resident of `network.resident`, or an integrated address number at the inquirer. */
  readonly resident: TestResident | string;
  readonly provider: string;
  readonly item?: string;
  /** Name or code. */
  readonly affair?: string;
  /** Kind of information: name or code; `INFORMATION` has the names of those that are held. */
  readonly information: string;
  readonly period?: Period;
  /** Chosen by the caller, so that asking again never asks twice. */
  readonly id?: string;
}

/** One agency’s callers: its business system, its staff. */
export class AgencyClient {
  readonly agency: string;
  readonly reviews: Reviews;
  readonly #network: Network;
  readonly #caller: Caller;

  constructor(network: Network, caller: Caller, agency: string) {
    this.agency = agency;
    this.reviews = new Reviews(caller, agency);
    this.#network = network;
    this.#caller = caller;
  }

  /**
   * Makes an inquiry and waits for its end, or for `pending`. A denial is an outcome; what goes wrong is thrown.
   * @example
   * const outcome = await network.client('32201').inquire({ resident, provider: '11202', item: '25', information });
   * if (outcome.state === 'provided') outcome.answer.records;
   * @throws RenkeiError provider_unavailable, provider_timeout, gateway_unavailable (the inquiry stays open),
   *   code_not_acquired, state_conflict, message_malformed …
   */
  async inquire(question: Question): Promise<InquiryOutcome> {
    const { resident, ...asked } = question;
    const number = typeof resident === 'string' ? resident : resident.at(this.agency);
    const body = { integratedAddressNumber: number, ...asked };
    try {
      const path = '/v1/inquiries';
      const view = await this.#caller.call(this.agency, 'gyomu', path, InquiryView, body);
      return outcomeOf(this.#network, this.agency, view);
    } catch (error) {
      const extensions = error instanceof RenkeiError ? error.detail.extensions : undefined;
      const denied = DenialHere.safeParse(extensions);
      if (!denied.success) throw error;
      return await this.inquiry(denied.data.inquiry);
    }
  }

  /** How an inquiry stands now. @throws RenkeiError not_found */
  async inquiry(of: string | { readonly id: string }): Promise<InquiryOutcome> {
    const path = `/v1/inquiries/${typeof of === 'string' ? of : of.id}`;
    const view = await this.#caller.call(this.agency, 'gyomu', path, InquiryView);
    return outcomeOf(this.#network, this.agency, view);
  }

  /**
   * Has the node make a new signing key, as its administrator. The one before it counts on for the overlap, or
   * with `now` is revoked at once. While the gateway cannot be reached the new one is `announced`.
   * @returns all its keys, the latest first
   * @throws RenkeiError state_conflict while the last overlap goes on
   */
  async rotateKeys(
    { now = false }: { readonly now?: boolean } = {},
    as = 'kanri',
  ): Promise<readonly KeyView[]> {
    const { path, responses } = keys.rotate;
    const rotated = await this.#caller.call(this.agency, as, path, responses[200], { now });
    return rotated.keys;
  }

  /** All records of provision of this agency (番号法23条), oldest first, as its staff see them. */
  async records(as = 'kansa'): Promise<readonly ProvisionRecord[]> {
    const all: ProvisionRecord[] = [];
    for (let after = 0; ; ) {
      const path = `/v1/records?after=${after}&limit=${PAGE}`;
      const { responses } = records.list;
      const page = await this.#caller.call(this.agency, as, path, responses[200]);
      all.push(...page.records.map(({ record }) => record));
      const last = page.records.at(-1);
      if (!last || page.records.length < PAGE) return all;
      after = last.seq;
    }
  }
}
