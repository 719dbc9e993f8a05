import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { RenkeiError } from '../../protocol/errors.ts';
import { API_HEADERS } from './answer.ts';
import { declare, type Endpoint, type Responses } from './declare.ts';
import {
  type Answer,
  check,
  EVERY_MESSAGE,
  EVERY_READ,
  numbersGuard,
  replied,
  routerPath,
} from './json-route.ts';
import { malformed } from './malformed.ts';
import { readJson } from './read-json.ts';

const FILE = z.string().meta({ format: 'binary' });

/** Paths of an app that take files: the limit for messages (guard) does not count for them. */
const uploads = new WeakMap<object, Set<string>>();
export const takesFiles = (app: object, path: string): boolean =>
  uploads.get(app)?.has(path) === true;

export interface UploadEndpoint<Query extends z.ZodObject, Declared extends Responses>
  extends Endpoint<Declared> {
  /** Without parameters: a file comes to a collection, what it is comes in the query. */
  readonly path: string;
  /** Its media type, e.g. `text/csv`. */
  readonly type: string;
  readonly maxBytes: number;
  /** A strict schema of the query string. */
  readonly query: Query;
  /** Reads the file as it comes; what it leaves unread is thrown away. */
  readonly handle: (
    file: AsyncIterable<Uint8Array>,
    query: z.output<Query>,
    context: Context,
  ) => Answer<NoInfer<Declared>>;
}

/**
 * Adds an endpoint that takes one file by POST, as the body itself, in a stream: memory does not grow with the file.
 * `handle` is told message_malformed for a body cut short, payload_too_large beyond `maxBytes`.
 */
export function postFile<Query extends z.ZodObject, Declared extends Responses>(
  app: OpenAPIHono,
  endpoint: UploadEndpoint<Query, Declared>,
): void {
  const { path, type, query, maxBytes, handle } = endpoint;
  const paths = uploads.get(app) ?? new Set();
  uploads.set(app, paths.add(path));
  declare(app, 'post', endpoint, EVERY_MESSAGE, {
    query,
    body: { required: true, content: { [type]: { schema: FILE } } },
  });
  const keepOut = numbersGuard(endpoint);
  app.post(routerPath(path), async (context) => {
    const asked = check(query, context.req.query());
    keepOut(context, asked);
    const given = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (given !== type) {
      throw malformed({
        ja: `ファイルは ${type} でなければなりません`,
        en: `The file must be ${type}`,
        hint: {
          ja: `Content-Type: ${type} を付けて、ファイルをそのまま送ってください`,
          en: `Send the file as it is with Content-Type: ${type}`,
        },
      });
    }
    if (Number(context.req.header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
    return replied(await handle(bytesOf(context, maxBytes), asked, context));
  });
}

async function* bytesOf(context: Context, maxBytes: number): AsyncGenerator<Uint8Array> {
  const { body } = context.req.raw;
  if (body === null) return;
  let size = 0;
  const reader = body.getReader();
  const cut = (cause?: unknown) => {
    const words = { ja: 'ファイルが途中で切れています', en: 'The file was cut short' };
    return new RenkeiError('message_malformed', words, { cause });
  };
  let over = false;
  try {
    while (!over) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        over = true;
        throw cut(cause);
      });
      if (done) {
        over = true;
        // What was there before a disconnection would otherwise pass for all of it.
        if (context.env?.incoming?.complete === false) throw cut();
        return;
      }
      size += value.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield value;
    }
  } finally {
    // Whoever is still sending could not use the connection again.
    if (!over) void discard(reader, maxBytes);
  }
}

/** Reads what is left for nothing, but not without end. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>, atMost: number) {
  try {
    for (let left = atMost; left > 0; ) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value.length;
    }
    await reader.cancel();
  } catch {
    // The connection is gone: nothing is left.
  }
}

const tooLarge = (maxBytes: number): RenkeiError =>
  new RenkeiError('payload_too_large', {
    ja: 'ファイルが大きすぎます',
    en: 'The file is too large',
    hint: {
      ja: `ファイルは ${maxBytes} バイトまでです。分けて送ってください`,
      en: `A file has at most ${maxBytes} bytes: send it in parts`,
    },
    extensions: { max_bytes: maxBytes },
  });

export interface DownloadEndpoint<Query extends z.ZodObject>
  extends Omit<Endpoint<Responses>, 'responses'> {
  /** Media types that it may answer with. */
  readonly types: readonly string[];
  readonly query: Query;
  /** What is thrown before the first piece becomes a problem document; later the connection breaks off. */
  readonly handle: (query: z.output<Query>, context: Context) => Promise<FileAnswer> | FileAnswer;
}

export interface FileAnswer {
  readonly type: string;
  /** As in Content-Type; pieces that are texts are written in UTF-8. */
  readonly charset?: string;
  readonly pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;
  /** What becomes of its bytes on the way, as they come: the type is of the result then. */
  readonly through?: (file: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>;
}

/** Adds an endpoint that is read by GET and answers with a file, in a stream that waits for its reader. */
export function getFile<Query extends z.ZodObject>(
  app: OpenAPIHono,
  endpoint: DownloadEndpoint<Query>,
): void {
  const { path, query, types, handle } = endpoint;
  const declared = { ...endpoint, responses: { 200: FILE } };
  declare(app, 'get', declared, EVERY_READ, { query }, types);
  const keepOut = numbersGuard(declared);
  app.get(routerPath(path), async (context) => {
    const asked = check(query, context.req.query());
    keepOut(context, asked);
    return await fileResponse(await handle(asked, context));
  });
}

export interface OrderEndpoint<Request extends z.ZodType>
  extends Omit<Endpoint<Responses>, 'responses'>,
    Pick<DownloadEndpoint<z.ZodObject>, 'types'> {
  /** A strict schema of the message. */
  readonly request: Request;
  /** As of `DownloadEndpoint`. */
  readonly handle: (
    message: z.output<Request>,
    context: Context,
  ) => Promise<FileAnswer> | FileAnswer;
}

/** Adds an endpoint that takes one JSON message by POST and answers with a file, as `getFile` does. */
export function postForFile<Request extends z.ZodType>(
  app: OpenAPIHono,
  endpoint: OrderEndpoint<Request>,
): void {
  const { path, request, types, handle } = endpoint;
  const declared = { ...endpoint, responses: { 200: FILE } };
  const body = { required: true, content: { 'application/json': { schema: request } } };
  declare(app, 'post', declared, EVERY_MESSAGE, { body }, types);
  const keepOut = numbersGuard(declared);
  app.post(routerPath(path), async (context) => {
    const given = await readJson(context);
    const message = check(request, given);
    keepOut(context, given);
    return await fileResponse(await handle(message, context));
  });
}

async function fileResponse(answer: FileAnswer): Promise<Response> {
  const { type, charset = 'utf-8', pieces, through } = answer;
  const file = ReadableStream.from(encoded(pieces));
  const contentType = through ? type : `${type}; charset=${charset}`;
  const headers = { ...API_HEADERS, 'content-type': contentType };
  return new Response(through ? await through(file) : file, { headers });
}

async function* encoded(pieces: FileAnswer['pieces']): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of pieces) {
      yield typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    }
  } catch (error) {
    // What breaks a file off is printed by the server: a code, and nothing of what the file holds.
    const code = error instanceof RenkeiError ? error.code : 'internal';
    throw new Error(`a file was broken off: ${code}`);
  }
}
