import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import type { ErrorCode } from '../../protocol/errors.ts';
import { decoded } from '../../service/csv/decode.ts';
import { digested } from '../../service/csv/digested.ts';
import { ENCODINGS, type Encoding } from '../../service/csv/encoding.ts';
import { csvPages } from '../../service/csv/read-csv.ts';
import { Unreadable } from '../../service/csv/unreadable.ts';
import { postFile } from '../../service/http/file-route.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { batchFor, decideBatch, resumeBatch, sees, stopBatch } from '../core/batches/desk.ts';
import type { Batch } from '../core/batches/ports.ts';
import { runBatch } from '../core/batches/run.ts';
import { type FileRecord, takeIn } from '../core/batches/take-in.ts';
import { UNKNOWN } from '../core/business-systems/issue-token.ts';
import type { AgencyNode, Principal } from '../core/node.ts';
import { BatchView, batchView } from './batch-view.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { attempted } from './refusals.ts';
import { systemOf } from './system-of.ts';

const REFUSALS: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'rate_limited',
  'not_found',
];
const MOST_LISTED = 1000;

/** A business system, or a member of staff who may send batches. @throws RenkeiError not_authenticated, not_authorised */
export function senderOf(
  node: AgencyNode,
  authenticate: Authenticate,
  context: Context,
): Principal {
  attempted(context, { kind: 'business-system', id: UNKNOWN }, 'inquiries.batch');
  const by = authenticate(context.req.header('authorization'));
  return by.kind === 'staff'
    ? staffOf(authenticate, context, 'inquiries.batch')
    : systemOf(node, authenticate, context, 'inquire');
}

/** Batches of inquiries from an inquiry file (照会依頼ファイル, R-201): taken in whole or not at all, then carried out. */
export function batchesRoutes(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  upload(app, node, authenticate);
  getJson(app, {
    path: '/v1/batches',
    summary: 'The caller’s batches, the newest first; of staff, those for their affairs',
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(MOST_LISTED).default(50) }),
    responses: { 200: z.strictObject({ batches: z.array(BatchView) }) },
    errors: REFUSALS,
    handle({ limit }, context) {
      const by = senderOf(node, authenticate, context);
      const own = by.kind === 'staff' ? undefined : by.id;
      const batches = node.store.read.batchesOf(by.kind, own, limit);
      const seen = batches.filter((batch) => sees(by, batch));
      return { status: 200, body: { batches: seen.map((batch) => batchView(node, batch)) } };
    },
  });
  getJson(app, {
    path: '/v1/batches/{id}',
    summary: 'How far a batch has come',
    responses: { 200: BatchView },
    errors: REFUSALS,
    handle(_query, context) {
      const batch = batchFor(node, senderOf(node, authenticate, context), idIn(context));
      return { status: 200, body: batchView(node, batch) };
    },
  });
  const step = (
    name: 'stop' | 'resume' | 'approve' | 'decline',
    summary: string,
    act: (context: Context) => Promise<Batch>,
  ) =>
    postMessage(app, {
      path: `/v1/batches/{id}/${name}`,
      summary,
      request: z.strictObject({}),
      responses: { 200: BatchView },
      errors: [...REFUSALS, 'state_conflict', 'approval_by_same_person', 'storage_full'],
      async handle(_body, context) {
        return { status: 200, body: batchView(node, await act(context)) };
      },
    });
  step('stop', 'Ask no further row', (context) =>
    stopBatch(node, senderOf(node, authenticate, context), idIn(context)),
  );
  step('resume', 'Go on with the rows that are left', (context) =>
    resumeBatch(node, senderOf(node, authenticate, context), idIn(context)),
  );
  for (const decision of ['approve', 'decline'] as const) {
    step(decision, `A supervisor who did not send it: ${decision} (R-301)`, (context) => {
      const by = staffOf(authenticate, context, 'inquiries.approve');
      return decideBatch(node, by, idIn(context), decision);
    });
  }
}

const idIn = (context: Context): string => context.req.param('id') ?? '';

function upload(app: OpenAPIHono, node: AgencyNode, authenticate: Authenticate): void {
  postFile(app, {
    path: '/v1/batches',
    summary:
      'Take in an inquiry file: 201 for a new batch, 200 for the one that the same file became',
    description:
      'Every row is checked before anything is asked; a file with mistakes is refused with all of them in `findings`.',
    type: 'text/csv',
    maxBytes: node.settings.batches.maxBytes,
    query: z.strictObject({
      encoding: z.enum(ENCODINGS).default('utf-8'),
      concurrency: z.coerce.number().int().min(1).max(256).optional(),
      again: z.enum(['true', 'false']).default('false').describe('A batch of its own in any case'),
    }),
    responses: { 200: BatchView, 201: BatchView },
    errors: [
      'not_authenticated',
      'not_authorised',
      'rate_limited',
      'list_copy_stale',
      'storage_full',
    ],
    async handle(file, query, context) {
      const by = senderOf(node, authenticate, context);
      const { bytes, digest } = digested(file);
      const { batch, known } = await takeIn(node, by, {
        pages: records(bytes, query.encoding),
        digest,
        again: query.again === 'true',
        concurrency: query.concurrency ?? node.settings.batches.concurrency,
      });
      if (!known && batch.state === 'running') node.background(runBatch(node, batch.id));
      return { status: known ? 200 : 201, body: batchView(node, batch) };
    },
  });
}

async function* records(
  file: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<readonly FileRecord[], void, undefined> {
  try {
    yield* csvPages(decoded(file, encoding));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { line, column, reason, ja, en } = error;
    const where = column === undefined ? {} : { column: String(column) };
    yield [{ unreadable: { line, ...where, problem: reason, ja, en } }];
  }
}
