import type { Migration } from '../../../service/sqlite/migrate.ts';

/** A step of the schema without its number. Once released it never changes. */
export type Step = Omit<Migration, 'version'>;
