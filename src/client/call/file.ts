import { NodeError } from '../node-error.ts';

/**
 * A file to send. A `Blob` (in Node: `await openAsBlob(path)`), text or bytes can be sent again after a lost
 * connection; a stream can’t.
 */
export type FileSource = Blob | string | Uint8Array | AsyncIterable<Uint8Array>;

type Body = NonNullable<RequestInit['body']>;

/** How a file is sent, and whether it is gone then. */
export function bodyOf(file: FileSource): { readonly body: () => Body; readonly once: boolean } {
  if (typeof file === 'string') return { body: () => file, once: false };
  if (file instanceof Blob) return { body: () => file, once: false };
  if (file instanceof Uint8Array) {
    // A copy, as a view on shared memory is no body.
    const bytes = new Uint8Array(file);
    return { body: () => bytes, once: false };
  }
  return { body: () => streamOf(file), once: true };
}

function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

/** A file as it comes. It is read once: as bytes, as text, or as lines. */
export class NodeFile implements AsyncIterable<Uint8Array> {
  /** Media type and charset. */
  readonly type: string;
  readonly #response: Response;

  constructor(response: Response) {
    this.#response = response;
    this.type = response.headers.get('content-type') ?? '';
  }

  /** @throws NodeError answer_cut_short */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    const reader = this.#response.body?.getReader();
    if (!reader) return;
    let ended = false;
    try {
      for (;;) {
        const { done, value } = await reader.read().catch((cause: unknown) => {
          throw new NodeError(CUT_SHORT, { cause });
        });
        ended = done;
        if (done) return;
        yield value;
      }
    } finally {
      // Who has seen enough does not want the rest.
      if (!ended) await reader.cancel().catch(() => undefined);
    }
  }

  /** All of it, by its charset. @throws NodeError answer_cut_short */
  async text(): Promise<string> {
    const charset = /charset=([\w-]+)/i.exec(this.type)?.[1] ?? 'utf-8';
    const decoder = new TextDecoder(charset);
    let text = '';
    for await (const piece of this) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  }

  /** Line by line, without their ends (UTF-8). @throws NodeError answer_cut_short */
  async *lines(): AsyncGenerator<string, void, undefined> {
    const decoder = new TextDecoder();
    let begun = '';
    for await (const piece of this) {
      const lines = (begun + decoder.decode(piece, { stream: true })).split('\n');
      begun = lines.pop() ?? '';
      yield* lines;
    }
    if (begun !== '') yield begun;
  }
}

const CUT_SHORT = {
  code: 'answer_cut_short',
  ja: 'ファイルが途中で切れました。受け取ったものは使えません',
  en: 'The file broke off: what has come is not to be used',
  hint: { ja: 'もう一度取得してください', en: 'Fetch it again' },
};
