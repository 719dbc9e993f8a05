import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ErrorCode } from '../../protocol/errors.ts';
import { batches } from '../../protocol/node-api/batches.ts';
import type { Encoding } from '../../protocol/node-api/files.ts';
import { decoded } from '../../service/csv/decode.ts';
import { digested } from '../../service/csv/digested.ts';
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
import { batchView } from './batch-view.ts';
import { type Authenticate, staffOf } from './principal.ts';
import { attempted } from './refusals.ts';
import { systemOf } from './system-of.ts';

const REFUSALS: readonly ErrorCode[] = [
  'not_authenticated',
  'not_authorised',
  'rate_limited',
  'not_found',
];

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
    ...batches.list,
    summary: 'The caller’s batches, the newest first; of staff, those for their affairs',
    errors: REFUSALS,
    handle({ limit }, context) {
      const by = senderOf(node, authenticate, context);
      const own = by.kind === 'staff' ? undefined : by.id;
      const all = node.store.read.batchesOf(by.kind, own, limit);
      const seen = all.filter((batch) => sees(by, batch));
      return { status: 200, body: { batches: seen.map((batch) => batchView(node, batch)) } };
    },
  });
  getJson(app, {
    ...batches.show,
    summary: 'How far a batch has come',
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
      ...batches[name],
      summary,
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
    ...batches.send,
    summary:
      'Take in an inquiry file: 201 for a new batch, 200 for the one that the same file became',
    description:
      'Every row is checked before anything is asked; a file with mistakes is refused with all of them in `findings`.',
    maxBytes: node.settings.batches.maxBytes,
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
