import { z } from 'zod';
import { Finding } from '../../../protocol/file-report.ts';
import { Day, Id, InformationCode } from '../../../protocol/identifiers.ts';
import type { CopyImport } from '../../core/copies/imports/ports.ts';

const count = (about: string) => z.int().min(0).describe(about);

/** An import of copies: how it ended, and what it did. No content, no persons. */
export const ImportView = z.strictObject({
  id: Id,
  state: z
    .enum(['reading', 'refused', 'accepted', 'applied'])
    .describe('Accepted: it will be applied, whatever happens'),
  mode: z.enum(['replace', 'delete']),
  information: InformationCode,
  layout: z.string().optional(),
  published: Day.optional(),
  encoding: z.string(),
  partial: z.boolean(),
  by: z.string().describe('Who sent it'),
  startedAt: z.string(),
  finishedAt: z.string().optional(),
  rows: count('Rows of the file, without its header'),
  persons: count('Persons whose copies it brings or deletes'),
  personsWithMistakes: count('Persons of whom it brings nothing'),
  added: count('Versions of copies that were new'),
  replaced: count('Versions that took the place of another content'),
  unchanged: count('Versions that were there as they are'),
  deleted: count('Versions that are gone'),
  mistakes: count('All of them, listed or not'),
  kinds: z
    .array(
      z.strictObject({
        problem: z.string(),
        column: z.string().optional(),
        ja: z.string(),
        en: z.string(),
        count: z.int().min(1),
      }),
    )
    .describe('Kinds of mistakes by column, and how often the file has each'),
});

/** The same with its mistakes. */
export const ImportReport = ImportView.extend({
  findings: z
    .array(Finding)
    .describe(
      'The first ten thousand mistakes in the order of the file; of the others, `kinds` tells',
    ),
});

const iso = (at: number): string => new Date(at).toISOString();

export const importView = (it: CopyImport): z.infer<typeof ImportView> => ({
  id: it.id,
  state: it.state,
  mode: it.mode,
  information: it.information,
  layout: it.layoutVersion,
  published: it.published,
  encoding: it.encoding,
  partial: it.partial,
  by: it.by,
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
