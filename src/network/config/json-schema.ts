import { z } from 'zod';
import { ConfigSchema } from './schema.ts';

/** JSON Schema (draft-07, which editors’ YAML plug-ins know) of what a person may write in renkei.yaml. */
export const configJsonSchema = (): z.core.JSONSchema.BaseSchema => ({
  title: 'renkei.yaml',
  ...z.toJSONSchema(ConfigSchema, { target: 'draft-7', io: 'input' }),
});

/** The keys that may stand under a path, as the JSON Schema has them. */
export const keysUnder = (path: readonly PropertyKey[]): readonly string[] =>
  keysIn(configJsonSchema(), path);

/** The keys that may stand under a path of a document, as its JSON Schema has them. */
export const keysIn = (schema: Place, path: readonly PropertyKey[]): readonly string[] => {
  let places: Place[] = [schema];
  for (const step of path) {
    places = places.flatMap(alternatives).flatMap((place) => under(place, step));
  }
  const keys = places.flatMap(alternatives).flatMap((place) => Object.keys(place.properties ?? {}));
  return [...new Set(keys)];
};

type Place = z.core.JSONSchema.BaseSchema;

const alternatives = (place: Place): Place[] =>
  [place, ...(place.anyOf ?? []), ...(place.oneOf ?? []), ...(place.allOf ?? [])].filter(isPlace);

const under = (place: Place, step: PropertyKey): Place[] => {
  const next = typeof step === 'number' ? place.items : place.properties?.[String(step)];
  return [next].flat().filter(isPlace);
};

const isPlace = (value: unknown): value is Place => typeof value === 'object' && value !== null;

// `node src/network/config/json-schema.ts > renkei.schema.json` writes the file anew.
if (import.meta.main) process.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
