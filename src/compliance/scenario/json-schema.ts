import { z } from 'zod';
import { ScenarioSchema } from './schema.ts';

type Place = z.core.JSONSchema.BaseSchema;

/** JSON Schema (draft-07, which editors’ YAML plug-ins know) of what a person may write in a scenario. */
export const scenarioJsonSchema = (): Place => ({
  title: 'renkei scenario',
  ...z.toJSONSchema(ScenarioSchema, { target: 'draft-7', io: 'input' }),
});

let made: Place | undefined;

/** The keys that may stand under a path of a scenario, as its JSON Schema has them. */
export function keysUnder(path: readonly PropertyKey[]): readonly string[] {
  made ??= scenarioJsonSchema();
  return keysIn(made, path);
}

/** The keys that may stand under a path, as a JSON Schema has them. */
export function keysIn(schema: Place, path: readonly PropertyKey[]): readonly string[] {
  let places: Place[] = [schema];
  for (const step of path) {
    places = places.flatMap(alternatives).flatMap((place) => under(place, step));
  }
  const keys = places.flatMap(alternatives).flatMap((place) => Object.keys(place.properties ?? {}));
  return [...new Set(keys)];
}

const alternatives = (place: Place): Place[] =>
  [
    place,
    ...(place.anyOf ?? []).flatMap((each) => (isPlace(each) ? alternatives(each) : [])),
    ...(place.allOf ?? []).flatMap((each) => (isPlace(each) ? alternatives(each) : [])),
  ].filter(isPlace);

const under = (place: Place, step: PropertyKey): Place[] => {
  const next =
    typeof step === 'number'
      ? place.items
      : (place.properties?.[String(step)] ?? place.additionalProperties);
  return [next].flat().filter(isPlace);
};

const isPlace = (value: unknown): value is Place => typeof value === 'object' && value !== null;

// `node src/compliance/scenario/json-schema.ts > scenarios/scenario.schema.json` writes the file anew.
if (import.meta.main) process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
