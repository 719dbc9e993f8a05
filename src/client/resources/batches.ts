import { BatchResult, type BatchView, batches } from '../../protocol/node-api/batches.ts';
import type { Calls } from '../call/calls.ts';
import type { FileSource, NodeFile } from '../call/file.ts';
import type { QueryOf } from '../call/operations.ts';
import { fitted, jsonOf } from '../call/read-answer.ts';
import type { CallOptions, WatchOptions } from '../options.ts';

/** Those that go on by themselves, or when somebody approves. */
const GOES_ON: readonly BatchView['state'][] = ['awaiting_approval', 'running'];

/** Batches of inquiries from an inquiry file (照会依頼ファイル, R-201). */
export class Batches {
  protected readonly calls: Calls;

  constructor(calls: Calls) {
    this.calls = calls;
  }

  /**
   * Sends an inquiry file; the node checks every row before it asks anything. The same file again is the same batch,
   * unless `again`.
   * @throws NodeError message_malformed with `findings`: nothing was taken …
   */
  send(
    file: FileSource,
    query: QueryOf<typeof batches.send> = {},
    options: CallOptions = {},
  ): Promise<BatchView> {
    return this.calls.upload(batches.send, file, {
      ...{ ...options, query, repeatable: query.again !== true },
    });
  }

  /** How far it has come, again and again, until it goes on no more. @throws NodeError; the signal’s reason */
  progress(id: string, options: WatchOptions = {}): AsyncIterable<BatchView> {
    const over = ({ state }: BatchView) => !GOES_ON.includes(state);
    return this.calls.watch(() => this.show(id, options), over, options);
  }

  show(id: string, options: CallOptions = {}): Promise<BatchView> {
    return this.calls.read(batches.show, { ...options, params: { id } });
  }

  /** The newest first. */
  async list(
    query: QueryOf<typeof batches.list> = {},
    options: CallOptions = {},
  ): Promise<readonly BatchView[]> {
    return (await this.calls.read(batches.list, { ...options, query })).batches;
  }

  /** A result for each row, as it comes. @throws NodeError answer_cut_short … */
  async *results(
    id: string,
    options: CallOptions = {},
  ): AsyncGenerator<BatchResult, void, undefined> {
    const file = await this.resultFile(id, { format: 'jsonl' }, options);
    for await (const line of file.lines()) yield fitted(BatchResult, jsonOf(200, line));
  }

  /** The same as a file, CSV or JSON lines. */
  resultFile(
    id: string,
    query: QueryOf<typeof batches.results> = {},
    options: CallOptions = {},
  ): Promise<NodeFile> {
    return this.calls.download(batches.results, { ...options, query, params: { id } });
  }

  /** Asks no further row. */
  stop(id: string, options: CallOptions = {}): Promise<BatchView> {
    return this.calls.send(batches.stop, {}, { ...options, params: { id } });
  }

  /** Goes on with the rows that are left. */
  resume(id: string, options: CallOptions = {}): Promise<BatchView> {
    return this.calls.send(batches.resume, {}, { ...options, params: { id } });
  }
}

/** Those of staff need a supervisor who did not send them. */
export class StaffBatches extends Batches {
  approve(id: string, options: CallOptions = {}): Promise<BatchView> {
    return this.calls.send(batches.approve, {}, { ...options, params: { id } });
  }

  decline(id: string, options: CallOptions = {}): Promise<BatchView> {
    return this.calls.send(batches.decline, {}, { ...options, params: { id } });
  }
}
