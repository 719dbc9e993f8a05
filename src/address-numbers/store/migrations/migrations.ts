import type { Migration } from '../../../service/sqlite/migrate.ts';
import { persons } from './persons.ts';
import { retention } from './retention.ts';
import { ties } from './ties.ts';

/** A step of the schema without its number. Once released it never changes. */
const STEPS: readonly Omit<Migration, 'version'>[] = [ties, persons, retention];

export const migrations: readonly Migration[] = STEPS.map((step, index) => ({
  version: index + 1,
  ...step,
}));
