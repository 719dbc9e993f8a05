import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { ExchangeDetail } from '../../protocol/control-api/exchange-detail.ts';
import { ExchangeProofs } from '../../protocol/control-api/exchange-proofs.ts';
import { Exchanges } from '../../protocol/control-api/exchanges.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { AgencyCode, Id, IntegratedAddressNumber, ItemNumber } from '../../protocol/identifiers.ts';
import { getJson } from '../../service/http/json-route.ts';
import { decisionOf, exchangeDetail } from '../exchanges/exchange-detail.ts';
import { exchangeView } from '../exchanges/exchange-view.ts';
import { exchangeProofs } from '../logs/exchange-proofs.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const Instant = z.iso.datetime({ offset: true });
const ExchangesQuery = z.strictObject({
  agency: AgencyCode.optional().describe('Either party'),
  item: ItemNumber.optional(),
  outcome: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .optional()
    .describe('permitted, denied, an error code, or what was answered'),
  person: IntegratedAddressNumber.optional().describe('With `agency`: as that agency numbers them'),
  since: Instant.optional(),
  until: Instant.optional(),
  before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** GET /v1/exchanges: every decision of the gateway, newest first; GET /v1/exchanges/{id}: all about one; its proofs. */
export function exchangesRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['exchanges'];
  getJson(app, {
    path: '/v1/exchanges',
    tags,
    summary: 'Decisions of the gateway and what became of them, newest first',
    query: ExchangesQuery,
    responses: {
      200: Exchanges,
    },
    errors: OPERATOR_ERRORS,
    handle: (query) => ({ status: 200, body: exchangesWanted(network, query) }),
  });
  getJson(app, {
    path: '/v1/exchanges/{id}',
    tags,
    summary: 'One exchange: its messages, the law’s item, the three records',
    responses: { 200: ExchangeDetail },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    async handle(_query, context) {
      const id = idOf(context.req.param('id'));
      return { status: 200, body: await exchangeDetail(network, id) };
    },
  });
  getJson(app, {
    path: '/v1/exchanges/{id}/proofs',
    tags,
    summary:
      'The three records of an exchange with their proofs, verified, and held against each other',
    responses: { 200: ExchangeProofs },
    errors: [...OPERATOR_ERRORS, 'not_found'],
    async handle(_query, context) {
      const id = idOf(context.req.param('id'));
      const { inquirer, provider } = decisionOf(network, id);
      const parties = [inquirer, provider].filter((party) => party !== undefined);
      return { status: 200, body: await exchangeProofs(network, id, parties) };
    },
  });
}

/** @throws RenkeiError not_found */
function idOf(text: string | undefined): string {
  const id = Id.safeParse(text);
  if (!id.success) throw new RenkeiError('not_found');
  return id.data;
}

function exchangesWanted(network: Watched, query: z.output<typeof ExchangesQuery>) {
  const { person: number, since, until, limit, ...wanted } = query;
  const { store } = network.gateway.gateway;
  const person = number === undefined ? undefined : personOf(network, wanted.agency, number);
  if (person === null) return { exchanges: [] };
  const found = store.read.decisions({
    ...wanted,
    limit: limit + 1,
    person,
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
  });
  const shown = found.slice(0, limit);
  const next = found.length > limit ? shown.at(-1)?.seq : undefined;
  return {
    exchanges: shown.map(({ seq, record }) =>
      exchangeView(network, seq, record, store.read.recordsOf(record.exchange ?? '')),
    ),
    ...(next !== undefined && { next }),
  };
}

/** The person as the gateway knows them, by an agency’s number; null for nobody. */
function personOf({ agencies, gateway }: Watched, agency: string | undefined, number: string) {
  if (agency === undefined) {
    throw new RenkeiError('message_malformed', {
      ja: '統合宛名番号で絞り込むときは、どの機関の番号かを agency で指定してください',
      en: 'An integrated address number is an agency’s own: say whose, with `agency`',
    });
  }
  const code = agencies.get(agency)?.node.store.read.codeOf(number);
  if (code === undefined) return null;
  return gateway.gateway.store.read.personOf(agency, code) ?? null;
}
