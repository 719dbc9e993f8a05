import type { z } from 'zod';
import type { CallOptions, WatchOptions } from '../options.ts';
import type { Connection } from './connection.ts';
import { bodyOf, type FileSource, NodeFile } from './file.ts';
import {
  type AnswerOf,
  type DownloadOperation,
  type MessageOperation,
  type OrderOperation,
  type ParamsOf,
  pathOf,
  type QueryOf,
  type ReadOperation,
  type RequestOf,
  type UploadOperation,
} from './operations.ts';
import { answerIn } from './read-answer.ts';

interface Named<Op extends { readonly path: string }> extends CallOptions {
  readonly params?: ParamsOf<Op>;
}
interface Asked<Op extends { readonly path: string }> extends Named<Op> {
  readonly query?: QueryOf<Op> | undefined;
}

const SECOND = 1000;

/** Calls operations of a node by what it and its callers agree on (protocol/node-api). */
export class Calls {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** @throws NodeError */
  async read<Op extends ReadOperation>(op: Op, asked: Asked<Op> = {}): Promise<AnswerOf<Op>> {
    const path = pathOf(op.path, asked.params, asked.query);
    const { signal } = asked;
    const answered = await this.#connection.answered({
      ...{ method: 'GET', path, signal, repeatable: true },
    });
    return answerIn<AnswerOf<Op>>(answered, responsesOf(op));
  }

  /** @param repeatable whether the same message twice has one effect. @throws NodeError */
  async send<Op extends MessageOperation>(
    op: Op,
    message: RequestOf<Op>,
    { params, signal, repeatable = false }: Named<Op> & { readonly repeatable?: boolean } = {},
  ): Promise<AnswerOf<Op>> {
    const text = JSON.stringify(message);
    const answered = await this.#connection.answered({
      ...{ method: 'POST', path: pathOf(op.path, params), signal, repeatable },
      headers: { 'content-type': 'application/json' },
      body: () => text,
    });
    return answerIn<AnswerOf<Op>>(answered, responsesOf(op));
  }

  /** Sends a file as the node takes it. @throws NodeError */
  async upload<Op extends UploadOperation>(
    op: Op,
    file: FileSource,
    asked: Asked<Op> & { readonly charset?: string | undefined; readonly repeatable?: boolean },
  ): Promise<AnswerOf<Op>> {
    const { charset, query, signal, repeatable = false } = asked;
    const answered = await this.#connection.answered({
      ...{ method: 'POST', path: pathOf(op.path, {}, query), signal, repeatable, unlimited: true },
      headers: {
        'content-type': charset === undefined ? op.type : `${op.type};charset=${charset}`,
      },
      ...bodyOf(file),
    });
    return answerIn<AnswerOf<Op>>(answered, responsesOf(op));
  }

  /** Opens a file; what the node refuses is thrown here, not while it is read. @throws NodeError */
  async download<Op extends DownloadOperation>(op: Op, asked: Asked<Op> = {}): Promise<NodeFile> {
    const path = pathOf(op.path, asked.params, asked.query);
    const { signal } = asked;
    return new NodeFile(
      await this.#connection.opened({ method: 'GET', path, signal, repeatable: true }),
    );
  }

  /** Looks at something again and again until `over`. @returns the last look. @throws NodeError; the signal’s reason */
  async until<View>(
    look: () => Promise<View>,
    over: (view: View) => boolean,
    { everyMs = SECOND, signal }: WatchOptions,
  ): Promise<View> {
    for (;;) {
      const view = await look();
      if (over(view)) return view;
      await this.#connection.wait(everyMs, signal);
    }
  }

  /** Opens a file that is made by what is sent. @throws NodeError, as `download` */
  async order<Op extends OrderOperation>(
    op: Op,
    message: RequestOf<Op>,
    { params, signal }: Named<Op> = {},
  ): Promise<NodeFile> {
    const text = JSON.stringify(message);
    const opened = await this.#connection.opened({
      ...{ method: 'POST', path: pathOf(op.path, params), signal },
      headers: { 'content-type': 'application/json' },
      body: () => text,
    });
    return new NodeFile(opened);
  }

  /** Looks at something again and again, each look a value, until `over`. @throws NodeError; the signal’s reason */
  async *watch<View>(
    look: () => Promise<View>,
    over: (view: View) => boolean,
    { everyMs = SECOND, signal }: WatchOptions,
  ): AsyncGenerator<View, void, undefined> {
    for (;;) {
      const view = await look();
      yield view;
      if (over(view)) return;
      await this.#connection.wait(everyMs, signal);
    }
  }
}

/** What an operation answers, by status, as one type. */
type Declared<Op extends ReadOperation | MessageOperation | UploadOperation> = Readonly<
  Record<number, z.ZodType<AnswerOf<Op>>>
>;
const responsesOf = <Op extends ReadOperation | MessageOperation | UploadOperation>(
  op: Op,
): Declared<Op> => op.responses as Declared<Op>;
