import type { Numbers } from './numbers.ts';
import { SPELLINGS } from './numbers.ts';
import type { Route } from './routes.ts';
import { FREE, type Known, places, put, sample } from './sample.ts';

/** One request with individual numbers in it. */
export interface Attempt {
  readonly route: Route;
  readonly url: string;
  readonly type?: string;
  readonly body?: string;
  /** Where the number is, for whoever reads a failure. */
  readonly where: string;
}

/** What undoes everything would leave nothing to look at. */
const UNDOES = /reset$|sessions\/end$/;
export const IN_ORDER = 'headers';

/** Requests of one route that carry an individual number: in each field, in each way of writing, in each name. */
export function* attemptsOf(route: Route, known: Known, numbers: Numbers): Generator<Attempt> {
  const spellings = Object.values(SPELLINGS);
  const at = (inPath: Known, query: Known): string => {
    const path = route.path.replaceAll(/\{(.+?)\}/g, (_, name: string) =>
      name === 'path'
        ? String(inPath[name] ?? '')
        : encodeURIComponent(String(inPath[name] ?? 'x')),
    );
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    return search.size === 0 ? path : `${path}?${search}`;
  };
  const query = Object.fromEntries(
    route.inQuery
      .filter(({ required }) => required)
      .map(({ name, schema }) => [name, sample(schema, known, name)]),
  );
  const request = (where: string, more: Partial<Attempt>): Attempt => ({
    route,
    url: at(known, query),
    where: `${route.party} ${route.method} ${route.path} ${where}`,
    ...more,
  });
  const json = (value: unknown) => ({ type: 'application/json', body: JSON.stringify(value) });
  const schema = route.body['application/json'];
  const empty = schema ? json(sample(schema, known)) : {};

  // Numbers in its headers alone: what is asked is in order.
  const undoes = UNDOES.test(route.path);
  if (!undoes) yield request(IN_ORDER, empty);
  for (const spell of spellings) {
    for (const { name } of route.inQuery) {
      const url = at(known, { ...query, [name]: spell(numbers.next()) });
      yield request(`query ${name}`, { url, ...empty });
    }
    for (const name of route.inPath) {
      const url = at({ ...known, [name]: spell(numbers.next()) }, query);
      // Something is asked of it at the path as well: nothing may come of that.
      yield request(`path ${name}`, { url, ...empty });
    }
    if (!schema) continue;
    for (const place of places(schema)) {
      const body = json(put(schema, known, place, spell(numbers.next())));
      yield request(`body ${place.join('/')}`, body);
      if (!place.includes(FREE)) continue;
      const named = { ...known, free: spell(numbers.next()) };
      yield request(`name in ${place.join('/')}`, json(put(schema, named, place, 'あ')));
    }
  }
  const unknown = at(known, { ...query, note: numbers.spelt() });
  if (!undoes) yield request('unknown query', { url: unknown, ...empty });
  if (route.method === 'GET') return;
  const base = schema ? sample(schema, known) : {};
  const object = typeof base === 'object' && base !== null ? base : {};
  yield request('unknown member', json({ ...object, note: numbers.spelt() }));
  yield request('name of a member', json({ ...object, [numbers.spelt()]: 1 }));
  yield request('name of a member', json({ ...object, [`n${numbers.next()}`]: 1 }));
  yield request('a number', json({ ...object, count: Number(numbers.next()) }));
  yield request('the whole', json(numbers.spelt()));
  yield request('broken JSON', { type: 'application/json', body: `{"a":${numbers.next()},"b":` });
  yield request('no JSON', { type: 'text/plain', body: numbers.spelt() });
  yield request('a form', {
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams({
      client_id: numbers.spelt(),
      client_assertion: numbers.spelt(),
    }).toString(),
  });
  yield request('a media type', { type: `text/${numbers.next()}`, body: '{}' });
  yield request('a file', { type: 'text/csv', body: `${numbers.spelt()},${numbers.spelt()}\r\n` });
}
