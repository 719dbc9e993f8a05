import { z } from 'zod';
import { Finding } from '../file-report.ts';
import { Day, Id, InformationCode } from '../identifiers.ts';
import { Information } from './copies.ts';
import { Flag, limit } from './paging.ts';

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
  byKind: z.enum(['staff', 'business-system']),
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
export type ImportView = z.infer<typeof ImportView>;

/** The same with its mistakes. */
export const ImportReport = ImportView.extend({
  findings: z
    .array(Finding)
    .describe(
      'The first ten thousand mistakes in the order of the file; of the others, `kinds` tells',
    ),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** Copies out of files. */
export const imports = {
  send: {
    path: '/v1/copies/imports',
    type: 'text/csv',
    query: z.strictObject({
      information: Information.describe('Kind of information (特定個人情報), name or code'),
      layout: z.string().min(1).max(64).optional().describe('Layout version (版); none to delete'),
      delete: Flag.default('false').describe(
        'The file names persons whose copies are to be deleted',
      ),
      partial: Flag.default('false').describe(
        'Take the persons whose rows are all right, though others’ are not',
      ),
      published: Day.optional().describe(
        'First day on which copies count that name none themselves',
      ),
    }),
    responses: { 201: ImportReport },
  },
  list: {
    path: '/v1/copies/imports',
    query: z.strictObject({ limit: limit(1000, 50) }),
    responses: { 200: z.strictObject({ imports: z.array(ImportView) }) },
  },
  show: { path: '/v1/copies/imports/{id}', responses: { 200: ImportReport } },
} as const;
