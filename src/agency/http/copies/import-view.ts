import type { ImportView } from '../../../protocol/node-api/imports.ts';
import type { CopyImport } from '../../core/copies/imports/ports.ts';

const iso = (at: number): string => new Date(at).toISOString();

export const importView = (it: CopyImport): ImportView => ({
  id: it.id,
  state: it.state,
  mode: it.mode,
  information: it.information,
  layout: it.layoutVersion,
  published: it.published,
  encoding: it.encoding,
  partial: it.partial,
  by: it.by,
  byKind: it.byKind,
  startedAt: iso(it.startedAt),
  finishedAt: it.finishedAt === undefined ? undefined : iso(it.finishedAt),
  rows: it.rows,
  persons: it.persons,
  personsWithMistakes: it.personsWithMistakes,
  added: it.added,
  replaced: it.replaced,
  unchanged: it.unchanged,
  deleted: it.deleted,
  mistakes: it.mistakes,
  kinds: it.kinds.map((kind) => ({ ...kind })),
});
