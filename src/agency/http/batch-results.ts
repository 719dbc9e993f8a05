import type { OpenAPIHono } from '@hono/zod-openapi';
import { type BatchResult, batches } from '../../protocol/node-api/batches.ts';
import { csvText } from '../../service/csv/write-csv.ts';
import { getFile } from '../../service/http/file-route.ts';
import { batchFor } from '../core/batches/desk.ts';
import type { Batch, BatchRow } from '../core/batches/ports.ts';
import type { AgencyNode, Principal } from '../core/node.ts';
import { done } from '../core/staff/operations.ts';
import { senderOf } from './batches.ts';
import { viewOf } from './inquiry-view.ts';
import type { Authenticate } from './principal.ts';

/** Rows put together at once. */
const PAGE = 200;

/** GET /v1/batches/{id}/results: one line a row, whatever its state; what was answered, while it is kept. */
export function batchResultsRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getFile(app, {
    ...batches.results,
    summary: 'A line for each row: what was asked, its state, and the answer while it is kept',
    errors: ['not_authenticated', 'not_authorised', 'rate_limited', 'not_found'],
    async handle({ format }, context) {
      const by: Principal = senderOf(node, authenticate, context);
      const batch = batchFor(node, by, context.req.param('id') ?? '');
      await node.store.transact((tx) =>
        tx.note(done(node, by, 'inquiries.show', { count: batch.rows })),
      );
      return format === 'csv'
        ? { type: 'text/csv', pieces: csv(node, batch) }
        : { type: 'application/jsonl', pieces: jsonLines(node, batch) };
    },
  });
}

/** A row as it came out. */
function resultOf(
  node: AgencyNode,
  { row, line, inquiry: id, ask, state, code }: BatchRow,
): BatchResult {
  const inquiry = node.store.read.inquiry(id);
  const view = inquiry && viewOf(node, inquiry);
  const reasons: unknown = JSON.parse(inquiry?.denial ?? '{}').reasons;
  return {
    ...{ row, line, ...ask, state },
    code,
    reasons: Array.isArray(reasons) ? reasons.map(String) : undefined,
    reason: view?.reason,
    item: view?.item ?? ask.item,
    affair: view?.affair ?? ask.affair,
    inquiry: id,
    exchange: view?.exchange,
    answeredAt:
      view?.answeredAt === undefined ? undefined : new Date(view.answeredAt * 1000).toISOString(),
    answerDigest: inquiry?.answerDigest,
    layoutVersion: view?.answer?.layoutVersion,
    records: view?.answer?.records,
  };
}

function* jsonLines(node: AgencyNode, batch: Batch): Generator<string, void, undefined> {
  for (const page of pages(node, batch)) {
    yield page.map((row) => `${JSON.stringify(resultOf(node, row))}\n`).join('');
  }
}

const HEADER = [
  ...['照会行', '統合宛名番号', '項', '事務コード', '情報提供者機関コード', '特定個人情報名コード'],
  ...['照会開始日付', '照会終了日付', '状態', 'コード', '理由', '照会番号', '情報提供番号'],
  ...['回答日時', '回答ダイジェスト', '版', '記録'],
];

function* csv(node: AgencyNode, batch: Batch): Generator<string, void, undefined> {
  yield csvText([HEADER]);
  for (const page of pages(node, batch)) {
    yield csvText(page.map((row) => cellsOf(resultOf(node, row))));
  }
}

const cellsOf = (it: ReturnType<typeof resultOf>): readonly string[] =>
  [
    ...[it.line, it.integratedAddressNumber, it.item, it.affair, it.provider, it.information],
    ...[it.period?.from, it.period?.until, it.state, it.code, it.reason ?? it.reasons?.join(' ')],
    ...[it.inquiry, it.exchange, it.answeredAt, it.answerDigest, it.layoutVersion],
    it.records && JSON.stringify(it.records),
  ].map((value) => String(value ?? ''));

function* pages(node: AgencyNode, { id }: Batch): Generator<readonly BatchRow[], void, undefined> {
  let after = 0;
  for (;;) {
    const page = node.store.read.batchRows(id, { after, limit: PAGE });
    if (page.length > 0) yield page;
    after = page.at(-1)?.row ?? 0;
    if (page.length < PAGE) return;
  }
}
