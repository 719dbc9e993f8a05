import { informationCode } from '../../src/protocol/permission/codes.ts';
import type { Route } from '../privacy/routes.ts';
import { type Known, type Place, put, sample } from '../privacy/sample.ts';
import { VACCINATING } from '../support/persons.ts';
import { VACCINATION } from '../support/test-network.ts';
import { bodiesOf, fileAbout, QUERIES } from './bodies.ts';
import type { Holdings } from './holdings.ts';
import { inBody, inPath, inQuery, type Kind } from './identifiers.ts';

/** A request, and where in it identifiers of somebody else stand. */
export interface Attempt {
  readonly route: Route;
  readonly url: string;
  readonly type?: string;
  readonly body?: string;
  readonly where: 'path' | 'elsewhere';
  readonly what: string;
}

/**
 * Requests of a route that are in order but for identifiers that are somebody else’s: those in its path; then those of
 * query and body, all at once and each alone. A route that names nothing is asked once as it is.
 * @throws RangeError for an identifier that no request here has
 */
export function* attemptsOf(route: Route, own: Holdings, others: Holdings): Generator<Attempt> {
  const known = knownOf(own);
  const schema = route.body['application/json'];
  const [path, query, body] = [inPath(route), inQuery(route, own), inBody(route, own)];
  const named = [...path.values()].filter((kind) => kind !== undefined);
  const request = (
    where: Attempt['where'],
    what: string,
    foreign: { readonly queries?: Iterable<string>; readonly body?: unknown } = {},
  ): Attempt => {
    const ids = where === 'path' ? others : own;
    const url = route.path.replaceAll(/\{(.+?)\}/g, (_, name: string) => {
      const kind = path.get(name);
      return encodeURIComponent(String((kind && ids[kind]) ?? known[name] ?? '1'));
    });
    const required = route.inQuery.filter((each) => each.required);
    const search = new URLSearchParams({
      ...Object.fromEntries(
        required.map(({ name, schema: of }) => [name, String(sample(of, known, name))]),
      ),
      ...QUERIES[`${route.method} ${route.path}`],
      ...Object.fromEntries(
        [...(foreign.queries ?? [])].map((name) => [name, others[query.get(name) ?? 'agency']]),
      ),
    });
    const json = foreign.body ?? (schema && { ...Object(sample(schema, known)), ...first });
    const file = 'text/csv' in route.body && fileAbout(route.path, others, own.agency);
    return {
      ...{ route, where, what: `${route.party} ${route.method} ${route.path}: ${what}` },
      url: search.size === 0 ? url : `${url}?${search}`,
      ...(json !== undefined && { type: 'application/json', body: JSON.stringify(json) }),
      ...(file && { type: 'text/csv', body: file }),
    };
  };
  const bases = bodiesOf(route.path, own);
  const [first = {}] = bases;
  if (named.length > 0) yield request('path', 'path');
  else if (query.size + body.length === 0) yield request('elsewhere', 'as it is');
  if (query.size > 0) yield request('elsewhere', 'query', { queries: query.keys() });
  for (const name of query.keys()) yield request('elsewhere', `query ${name}`, { queries: [name] });
  const tried = new Set<Place>();
  for (const base of schema ? bases : []) {
    const whole: unknown = schema && { ...Object(sample(schema, known)), ...base };
    const there = body.filter(([place]) => valueAt(whole, place) !== undefined);
    const with_ = (message: unknown, [place, kind]: readonly [Place, Kind]): unknown =>
      schema && put(schema, known, place, others[kind], message);
    if (there.length > 1) yield request('elsewhere', 'body', { body: there.reduce(with_, whole) });
    for (const each of there) {
      tried.add(each[0]);
      yield request('elsewhere', `body ${each[0].join('/')}`, { body: with_(whole, each) });
    }
  }
  const missed = body.find(([place]) => !tried.has(place));
  if (missed) throw new RangeError(`no request of ${route.path} has ${missed[0].join('/')}`);
}

function valueAt(message: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? Reflect.get(at, step) : undefined),
    message,
  );
}

/** The format’s own example. */
const RECIPIENT = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';

/** What requests have to say, and one’s own identifiers. */
const knownOf = (own: Holdings): Known => ({
  ...{ integratedAddressNumber: own.person, person: own.person },
  ...{ stays: own.person, goes: own.person, from: own.person, to: own.person },
  ...{ individualNumber: own.individualNumber, addressNumber: own.addressNumber },
  ...{ user: own.user, department: own.department, caller: own.system, id: own.change },
  ...{ information: informationCode(VACCINATION), affair: VACCINATING, layoutVersion: 'K-1' },
  ...{ item: '25', provider: own.agency, reason: 'other', name: '名称' },
  ...{ until: '2027-03-31', recipients: [RECIPIENT] },
  ...{ digest: 'A'.repeat(43), seen: 'A'.repeat(43), records: [], message: 'a.b.c' },
});
