import { logApi } from '../../protocol/log/log-api.ts';
import {
  type Anomalies,
  type OperationView,
  operationLog,
} from '../../protocol/node-api/operation-log.ts';
import { records } from '../../protocol/node-api/records.ts';
import { type PruningView, retention } from '../../protocol/node-api/retention.ts';
import type { ProvisionRecord } from '../../protocol/record.ts';
import type { Calls } from '../call/calls.ts';
import type { NodeFile } from '../call/file.ts';
import type { AnswerOf, QueryOf } from '../call/operations.ts';
import { pages } from '../call/pages.ts';
import type { CallOptions } from '../options.ts';
import { Corrections } from './corrections.ts';
import { Holds } from './holds.ts';

/** Who did what, when and on whom, and what stands out in it. Whoever reads is in it as well. */
export class OperationLog {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Oldest first; `limit` is how many are fetched at once. */
  list(
    query: QueryOf<typeof operationLog.list> = {},
    options: CallOptions = {},
  ): AsyncIterable<OperationView> {
    return pages<OperationView, number>(async (after) => {
      const from = after === undefined ? query : { ...query, after };
      const { operations: items } = await this.#calls.read(operationLog.list, {
        ...{ ...options, query: from },
      });
      return { items, next: items.at(-1)?.seq };
    });
  }

  /** Of the last 31 days, unless a period is given. */
  anomalies(
    query: QueryOf<typeof operationLog.anomalies> = {},
    options: CallOptions = {},
  ): Promise<Anomalies> {
    return this.#calls.read(operationLog.anomalies, { ...options, query });
  }
}

/** This agency’s records of provision (番号法23条1項・2項). */
export class Records {
  /** What is kept beyond its time. */
  readonly holds: Holds;
  /** What they should say, decided on by two people. */
  readonly corrections: Corrections;
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
    this.holds = new Holds(calls);
    this.corrections = new Corrections(calls);
  }

  /** Oldest first; `limit` is how many are fetched at once. */
  list(
    query: QueryOf<typeof records.list> = {},
    options: CallOptions = {},
  ): AsyncIterable<{ readonly seq: number; readonly record: ProvisionRecord }> {
    return pages(async (after: number | undefined) => {
      const from = after === undefined ? query : { ...query, after };
      const page = await this.#calls.read(records.list, { ...options, query: from });
      return { items: page.records, next: page.records.at(-1)?.seq };
    });
  }

  /** All of them with hashes and checkpoints, as `renkei log audit` verifies them offline (NDJSON). */
  export(options: CallOptions = {}): Promise<NodeFile> {
    return this.#calls.download(logApi.export, options);
  }

  /** Takes the content of records away whose time is over, now rather than by the clock. @param dryRun only tell */
  prune(
    { dryRun = false }: { readonly dryRun?: boolean } = {},
    options: CallOptions = {},
  ): Promise<PruningView> {
    return this.#calls.send(retention.prune, { dryRun }, options);
  }

  /** Other parties’ logs that contradicted themselves, with what they signed. */
  alarms(options: CallOptions = {}): Promise<AnswerOf<typeof logApi.alarms>> {
    return this.#calls.read(logApi.alarms, options);
  }
}

/** The tree of a node’s log for whoever wants to witness it: hashes and signatures, no records. */
export class PartyLog {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The newest signed checkpoint (C2SP tlog-checkpoint). */
  async checkpoint(options: CallOptions = {}): Promise<string> {
    return await (await this.#calls.download(logApi.checkpoint, options)).text();
  }

  /** Hashes of the tree (C2SP tlog-tiles). @param path e.g. `0/000` */
  tile(path: string, options: CallOptions = {}): Promise<NodeFile> {
    return this.#calls.download(logApi.tile, { ...options, params: { path } });
  }

  /** Proof that the log of `to` records begins with that of `from` (RFC 9162 §2.1.4), base64url. */
  async consistency(from: number, to: number, options: CallOptions = {}): Promise<string> {
    const params = { from: String(from), to: String(to) };
    return (await this.#calls.read(logApi.consistency, { ...options, params })).consistency;
  }
}
