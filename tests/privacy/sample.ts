import { fc } from '../support/property.ts';

/** A JSON Schema as OpenAPI documents have it, as far as it is looked at here. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly default?: unknown;
}

/** Values that mean something to the parties, by the name of their member. */
export type Known = Readonly<Record<string, unknown>>;

/** Where a value stands in a message: names of members, 0 for the first of a list. */
export type Place = readonly (string | number)[];

/** Some value that has the form. */
export function sample(schema: Schema, known: Known, name = '', depth = 0): unknown {
  const { const: constant, enum: values, anyOf, oneOf, allOf } = schema;
  if (constant !== undefined) return constant;
  if (values) return values[0];
  if (name in known) return known[name];
  if (depth > 6) return null;
  const first = anyOf?.[0] ?? oneOf?.[0] ?? allOf?.[0];
  if (first) return sample(first, known, name, depth + 1);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [
          key,
          sample(schema.properties?.[key] ?? {}, known, key, depth + 1),
        ]),
      );
    case 'array':
      return (schema.minItems ?? 0) > 0 && schema.items
        ? [sample(schema.items, known, name, depth + 1)]
        : [];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return false;
    case 'null':
      return null;
    case 'string':
      return text(schema);
    default:
      return 'あ';
  }
}

function text({ format, pattern, minLength = 0 }: Schema): string {
  if (format === 'date') return '2026-04-01';
  if (format === 'date-time') return '2026-11-22T00:00:00Z';
  if (pattern === undefined) return 'あ'.repeat(Math.max(1, minLength));
  const found = made.get(pattern) ?? matching(pattern);
  made.set(pattern, found);
  return found;
}

const made = new Map<string, string>();
/** Some text of a pattern; for one that cannot be turned round, whatever. */
function matching(pattern: string): string {
  try {
    const texts = fc.stringMatching(new RegExp(pattern, 'u'));
    return fc.sample(texts, { numRuns: 1, seed: 7 })[0] ?? '';
  } catch {
    return 'a';
  }
}

/** The places of a message where a text or a number can stand, names of free members included. */
export function places(schema: Schema, depth = 0): Place[] {
  if (depth > 5) return [];
  const { anyOf = [], oneOf = [], allOf = [] } = schema;
  const alternatives = [...anyOf, ...oneOf, ...allOf].flatMap((each) => places(each, depth + 1));
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    places(member, depth + 1).map((place): Place => [name, ...place]),
  );
  const { additionalProperties: free } = schema;
  const named =
    typeof free === 'object' ? places(free, depth + 1).map((place): Place => [FREE, ...place]) : [];
  const items = schema.items
    ? places(schema.items, depth + 1).map((place): Place => [0, ...place])
    : [];
  const all = [...alternatives, ...members, ...named, ...items];
  if (all.length > 0) return unique(all);
  return schema.type === 'object' || schema.type === 'array' ? [] : [[]];
}

/** Stands for the name of a member that may have any. */
export const FREE = '*';

const unique = (all: readonly Place[]): Place[] => [
  ...new Map(all.map((place) => [JSON.stringify(place), place])).values(),
];

/** A message with a value at a place; what is missing on the way there is made up. */
export function put(
  schema: Schema,
  known: Known,
  place: Place,
  value: unknown,
  message: unknown = sample(schema, known),
  name = '',
): unknown {
  const [step, ...rest] = place;
  if (step === undefined) return value;
  const within = branches(schema).find((each) => holds(each, step)) ?? {};
  if (step === 0) {
    const [before] = Array.isArray(message) ? message : [];
    return [
      put(
        within.items ?? {},
        known,
        rest,
        value,
        before ?? sample(within.items ?? {}, known, name),
        name,
      ),
    ];
  }
  const key =
    step === FREE ? (rest.length === 0 ? 'free' : String(known.free ?? 'free')) : String(step);
  const member =
    within.properties?.[key] ??
    (typeof within.additionalProperties === 'object' ? within.additionalProperties : {});
  const object =
    typeof message === 'object' && message !== null && !Array.isArray(message)
      ? message
      : (sample(within, known) as object);
  const whole = holds(within, step) ? { ...(sample(within, known) as object), ...object } : object;
  const before = Reflect.get(whole, key) ?? sample(member, known, key);
  return { ...whole, [key]: put(member, known, rest, value, before, key) };
}

const branches = (schema: Schema): Schema[] => [
  schema,
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap(branches),
];
const holds = (schema: Schema, step: string | number): boolean =>
  step === 0
    ? schema.items !== undefined
    : step === FREE
      ? typeof schema.additionalProperties === 'object'
      : schema.properties?.[step] !== undefined;

/** A schema with its references put in their place. */
export function resolved(document: unknown, schema: unknown, depth = 0): Schema {
  if (depth > 20) return {};
  if (Array.isArray(schema)) {
    return schema.map((each) => resolved(document, each, depth + 1)) as never;
  }
  if (typeof schema !== 'object' || schema === null) return schema as never;
  if ('$ref' in schema) {
    const way = String(schema.$ref).split('/').slice(1);
    const target = way.reduce<unknown>((at, name) => Reflect.get(at as object, name), document);
    return resolved(document, target, depth + 1);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, resolved(document, value, depth + 1)]),
  );
}
