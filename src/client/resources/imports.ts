import type { Encoding } from '../../protocol/node-api/files.ts';
import { type ImportReport, type ImportView, imports } from '../../protocol/node-api/imports.ts';
import type { Calls } from '../call/calls.ts';
import type { FileSource } from '../call/file.ts';
import type { QueryOf } from '../call/operations.ts';
import type { CallOptions } from '../options.ts';

/** How a file’s characters are written. */
export interface Written {
  /** UTF-8 unless told. */
  readonly encoding?: Encoding;
}

/** Copies out of files. */
export class Imports {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /**
   * Imports a file of copies. Whatever is wrong with it is in the report: `state` is `refused`, and nothing was taken.
   * @throws NodeError state_conflict while another import of this kind goes on …
   */
  send(
    file: FileSource,
    about: QueryOf<typeof imports.send> & Written,
    options: CallOptions = {},
  ): Promise<ImportReport> {
    const { encoding, ...query } = about;
    return this.#calls.upload(imports.send, file, { ...options, query, charset: encoding });
  }

  /** The newest first. */
  async list(
    query: QueryOf<typeof imports.list> = {},
    options: CallOptions = {},
  ): Promise<readonly ImportView[]> {
    return (await this.#calls.read(imports.list, { ...options, query })).imports;
  }

  show(id: string, options: CallOptions = {}): Promise<ImportReport> {
    return this.#calls.read(imports.show, { ...options, params: { id } });
  }
}
