import { sha256 } from '../../../protocol/digest.ts';
import { canonicalJson } from '../../../protocol/encoding.ts';
import { type Finding, Findings } from '../../../protocol/file-report.ts';
import { finding } from '../../../protocol/inquiry-file/problems.ts';
import { RowsReader } from '../../../protocol/inquiry-file/read-rows.ts';
import type { RowAsk } from '../../../protocol/inquiry-file/row.ts';
import type { AgencyNode } from '../node.ts';
import type { Principal } from '../principal.ts';
import { done } from '../staff/operations.ts';
import { rowCheck } from './check.ts';
import { dropBatch } from './drop.ts';
import type { Batch, BatchRow } from './ports.ts';

/** A record of the file, or why it cannot be read on from there. */
export type FileRecord =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly unreadable: Finding };

export interface TakeIn {
  readonly pages: AsyncIterable<readonly FileRecord[]>;
  /** SHA-256 of the file; asked once it has been read. */
  readonly digest: () => string;
  /** A batch of its own, though the same file was sent before. */
  readonly again: boolean;
  readonly concurrency: number;
}

type NewRow = Omit<BatchRow, 'state' | 'code'>;

/** Rows written at once: long enough for few commits, short enough for others to get in between. */
const PAGE = 500;

/**
 * Takes in an inquiry file: checks every row and writes it down as it comes, so that memory does not grow with it, and
 * accepts the batch in one transaction at the end. Until then it is not there; a file with one mistake leaves
 * nothing. A file that the same caller sent before is the batch that it became then.
 * @throws RenkeiError message_malformed with all findings, list_copy_stale; what `pages` throws
 */
export async function takeIn(
  node: AgencyNode,
  by: Principal,
  { pages, digest, again, concurrency }: TakeIn,
): Promise<{ readonly batch: Batch; readonly known: boolean }> {
  const check = await rowCheck(node, by);
  const batch: Batch = {
    id: node.newId(),
    by: { kind: by.kind, id: by.id },
    digest: '',
    state: 'checking',
    rows: 0,
    affairs: [],
    concurrency,
    createdAt: node.clock.now(),
  };
  await node.store.transact((tx) => tx.addBatch(batch));
  try {
    const findings = new Findings();
    const reader = new RowsReader();
    const affairs = new Set<string>();
    let count = 0;
    let rows: NewRow[] = [];
    const flush = async () => {
      await addRows(node, batch.id, rows, findings);
      rows = [];
    };
    for await (const page of pages) {
      for (const record of page) {
        if ('unreadable' in record) {
          findings.add(record.unreadable);
          continue;
        }
        const { line } = record;
        const { row, findings: wrong = [] } = reader.read(record.cells) ?? {};
        const checked = row ? check(row) : { findings: wrong, affair: undefined };
        for (const each of checked.findings) findings.add({ line, ...each });
        if (!row) continue;
        if (checked.affair !== undefined) affairs.add(checked.affair);
        count += 1;
        const inquiry = inquiryOf(batch.id, standing(node, row.ask));
        rows.push({ row: count, line, inquiry, ask: row.ask });
        if (rows.length >= PAGE) await flush();
      }
    }
    await flush();
    if (count === 0 && findings.count === 0) findings.add({ line: 1, ...finding('no_rows') });
    if (findings.count > 0) throw findings.toError();
    const all = { rows: count, affairs: [...affairs], digest: digest() };
    const accepted = await accept(node, by, { ...batch, ...all }, again);
    if (accepted.known) await dropBatch(node, batch.id);
    return accepted;
  } catch (error) {
    await dropBatch(node, batch.id);
    throw error;
  }
}

/**
 * What a row asks, about whom its number stands for: one that was merged into another is the same person’s (decision 24), and
 * is asked once. The row itself keeps the number that the file has, by which its sender finds the result.
 */
function standing({ store }: AgencyNode, ask: RowAsk): RowAsk {
  const integratedAddressNumber = store.read.mergedInto(ask.integratedAddressNumber);
  return integratedAddressNumber === undefined ? ask : { ...ask, integratedAddressNumber };
}

/** 128 bits that name what this batch asks: the same again, in whatever row and after whatever crash, is one. */
const inquiryOf = (batch: string, ask: RowAsk): string =>
  sha256(`batch ${batch} ${canonicalJson(ask)}`)
    .slice(0, 21)
    .concat('A');

function addRows(
  node: AgencyNode,
  batch: string,
  rows: readonly NewRow[],
  findings: Findings,
): Promise<void> {
  return node.store.transact((tx) => {
    for (const row of rows) {
      if (tx.addBatchRow(batch, row)) continue;
      const line = tx.lineOfInquiry(row.inquiry);
      const more = { ja: `${line} 行`, en: `line ${line}` };
      findings.add({ line: row.line, ...finding('duplicate_row', undefined, more) });
    }
  });
}

/** A member of staff’s file waits for a supervisor; a business system’s is under way at once. */
function accept(node: AgencyNode, by: Principal, checked: Batch, again: boolean) {
  return node.store.transact((tx) => {
    const { id, digest, rows, affairs } = checked;
    const found = again ? undefined : tx.batchOfFile(checked.by, digest);
    if (found) return { batch: found, known: true };
    const state = by.kind === 'staff' ? 'awaiting_approval' : 'running';
    tx.changeBatch(id, { state, digest, rows, affairs });
    tx.note(done(node, by, 'inquiries.batch', { count: rows }));
    return { batch: { ...checked, state } as const, known: false };
  });
}
