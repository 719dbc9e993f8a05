import type { Route } from '../privacy/routes.ts';
import { type Place, places, type Schema } from '../privacy/sample.ts';
import type { Holdings } from './holdings.ts';

/** What an identifier stands for; `agency` is no secret and stands for nothing. */
export type Kind = Exclude<keyof Holdings, 'agency' | 'canary' | 'name'>;

/** What the identifier in a path is: by the path up to it; `undefined` where it is nobody’s. */
const IN_PATH: Readonly<Record<string, Kind | undefined>> = {
  '/v1/inquiries/{id}': 'inquiry',
  '/v1/batches/{id}': 'batch',
  '/v1/reviews/{exchange}': 'exchange',
  '/v1/corrections/{id}': 'correction',
  '/v1/media/{medium}': 'medium',
  '/v1/media/lendings/{id}': 'lending',
  '/v1/copies/drafts/{id}': 'draft',
  '/v1/copies/imports/{id}': 'import',
  '/v1/copies/reconciliations/{id}': 'reconciliation',
  '/v1/copies/{person}': 'person',
  '/v1/copies/{person}/{information}': undefined,
  '/v1/business-systems/{id}': 'system',
  '/v1/staff/{user}': 'user',
  '/v1/departments/{code}': 'department',
  '/v1/log/holds/{hold}': 'hold',
  '/v1/log/consistency/{from}': undefined,
  '/v1/log/consistency/{from}/{to}': undefined,
  '/log/tile/{path}': undefined,
  '/v1/persons/{integratedAddressNumber}': 'person',
  '/v1/changes/{id}': 'change',
  '/v1/grants/{id}': 'grant',
};

/** What members of bodies and queries are, by name; of several, the one that has the member’s form. */
const BY_NAME: Readonly<Record<string, readonly Kind[]>> = {
  integratedAddressNumber: ['person'],
  person: ['person', 'user'],
  persons: ['person', 'user'],
  stays: ['person'],
  goes: ['person'],
  from: ['person'],
  to: ['person'],
  individualNumber: ['individualNumber'],
  exchange: ['exchange'],
  addressNumber: ['addressNumber'],
  user: ['user'],
  actor: ['user'],
  account: ['user'],
  by: ['user'],
  subject: ['user'],
  department: ['department'],
  caller: ['system'],
  system: ['system'],
  medium: ['medium'],
  id: ['change', 'system'],
};

/** @throws RangeError for an identifier that nobody has thought of yet */
export const inPath = (route: Route): Map<string, Kind | undefined> =>
  new Map(
    route.inPath.map((name) => {
      const until = route.path.slice(0, route.path.indexOf(`{${name}}`) + name.length + 2);
      if (!Object.hasOwn(IN_PATH, until))
        throw new RangeError(`whose is the {${name}} of ${until}?`);
      return [name, IN_PATH[until]];
    }),
  );

/** What the queries of a route name. */
export const inQuery = (route: Route, own: Holdings): Map<string, Kind> =>
  new Map(
    route.inQuery.flatMap(({ name, schema }) => {
      const kind = kindOf(route, name, schema, own);
      return kind === undefined ? [] : [[name, kind] as const];
    }),
  );

/** Whether only a signed message counts there, whoever brings it. */
export const isSigned = ({ body }: Route): boolean =>
  body['application/json']?.properties?.message !== undefined;

/** The places of a route’s body where an identifier stands. */
export function inBody(route: Route, own: Holdings): (readonly [Place, Kind])[] {
  const schema = route.body['application/json'];
  if (!schema || isSigned(route)) return [];
  return places(schema).flatMap((place) => {
    const kind = kindOf(route, nameAt(place), leafOf(schema, place), own);
    return kind === undefined ? [] : [[place, kind] as const];
  });
}

function kindOf(route: Route, name: string, schema: Schema, own: Holdings): Kind | undefined {
  const ofPath = name === 'id' ? IN_PATH[`${route.path}/{id}`] : undefined;
  const kinds = ofPath === undefined ? (BY_NAME[name] ?? []) : [ofPath];
  return kinds.find((kind) => fits(schema, own[kind]));
}

const fits = ({ pattern, format, anyOf, type }: Schema, value: string): boolean =>
  anyOf
    ? anyOf.some((each) => fits(each, value))
    : type === 'string' &&
      format === undefined &&
      (pattern === undefined || new RegExp(pattern, 'u').test(value));

const nameAt = (place: Place): string =>
  String(place.findLast((step) => typeof step === 'string') ?? '');

function leafOf(schema: Schema, [step, ...rest]: Place): Schema {
  if (step === undefined) return schema;
  const within = [
    schema,
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(schema.allOf ?? []),
  ];
  for (const each of within) {
    const next = step === 0 ? each.items : each.properties?.[step];
    if (next) return leafOf(next, rest);
  }
  return {};
}
