import { LAYOUTS } from '../../src/network/world/layouts.ts';
import { informationCode } from '../../src/protocol/permission/codes.ts';
import { csvText } from '../../src/service/csv/write-csv.ts';
import { VACCINATING } from '../support/persons.ts';
import { VACCINATION } from '../support/test-network.ts';
import type { Holdings } from './holdings.ts';

/** Members that a route’s body needs beside those that its schema requires, so that it is in order; several: each once. */
export function bodiesOf(path: string, it: Holdings): readonly Readonly<Record<string, unknown>>[] {
  const own = { system: it.system, addressNumber: it.addressNumber };
  const byNumber = { individualNumber: it.individualNumber };
  const byPerson = { integratedAddressNumber: it.person };
  const bodies: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
    '/v1/inquiries': [{ item: '25', id: it.inquiry }],
    '/v1/log/holds': [byPerson, { exchange: it.exchange }],
    '/v1/corrections': [{ exchange: it.exchange, facts: { item: '26' } }],
    '/v1/copies/drafts': [{ id: it.draft, change: 'delete' }],
    '/v1/media': [{ medium: it.medium }],
    '/v1/media/lendings/{id}/return': [{ erased: true }],
    '/v1/media/lendings': [{ id: it.lending, medium: it.medium }],
    '/v1/acquisitions': [{ persons: [it.person] }],
    '/v1/lookups': [byNumber, own],
    '/v1/confirmations': [
      { ...byPerson, name: it.name },
      { ...byNumber, name: it.name },
    ],
    '/v1/persons': [{ ...byNumber, addressNumbers: [own] }],
    '/v1/persons/{integratedAddressNumber}/basics': [{ basics: { name: it.name } }],
    '/v1/persons/{integratedAddressNumber}/address-numbers': [own],
    '/v1/copies/linkage': [{ copies: [{ ...byPerson, ...COPY }] }],
    '/v1/linkage': [{ copies: [{ addressNumber: it.addressNumber, ...COPY }] }],
    '/v1/changes/split': [{ to: it.person, addressNumbers: [own] }],
    '/v1/grants': [{ affairs: [VACCINATING], department: '市民課' }],
    '/v1/staff': [{ persons: [it.user] }],
    '/v1/staff/{user}': [{ department: it.department, persons: [it.user] }],
    '/v1/staff/{user}/one-time-codes': [{ person: it.user }],
    '/v1/sessions': [{ person: it.user }],
  };
  return bodies[path] ?? [{}];
}

const COPY = {
  information: informationCode(VACCINATION),
  layoutVersion: 'K-1',
  records: [{ 接種種別: '水痘' }],
};

/** What is asked with a query that has to be there though the schema does not say so. */
export const QUERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'GET /v1/copies/export': { layout: 'K-1' },
  'POST /v1/copies/imports': { layout: 'K-1' },
  'POST /v1/copies/reconciliations': { layout: 'K-1' },
};

/** A file about somebody, for a route that takes one. */
export function fileAbout(path: string, { person }: Holdings, provider: string): string {
  const columns = ['統合宛名番号', ...LAYOUTS['K-1'].items];
  return path === '/v1/batches'
    ? csvText([
        ['person', 'provider', 'item', 'information'],
        [person, provider, '25', VACCINATION],
      ])
    : csvText([columns, columns.map((name) => (name === '統合宛名番号' ? person : ''))]);
}
