import { type FileHandle, open } from 'node:fs/promises';
import http from 'node:http';
import { pipeline } from 'node:stream/promises';
import { problemOf } from '../../service/http-client/problem-of.ts';
import { usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';
import { unreachable } from '../query/unreachable.ts';
import type { Caller } from './call-node.ts';

/** A file to send, and who hears how far it has gone. */
export interface Upload {
  readonly path: string;
  /** `text/csv;charset=…` */
  readonly type: string;
  /** @param sent bytes that the node has taken, of `size` */
  readonly progress?: (sent: number, size: number) => void;
}

/**
 * POSTs a file to `path` as it is read, as fast as the node takes it.
 * @returns the node’s answer
 * @throws RenkeiError with the node’s code, CliFailure network_not_running, or usage for a file that is not there
 */
export async function upload(caller: Caller, path: string, file: Upload): Promise<unknown> {
  const opened = await openFile(file.path);
  try {
    return await send(caller, path, file, opened);
  } finally {
    await opened.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  const opened = await open(path).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
    throw usage(`ファイル ${harmless(path)} がありません`, `there is no file ${harmless(path)}`);
  });
  if ((await opened.stat()).isFile()) return opened;
  await opened.close();
  throw usage(`${harmless(path)} はファイルではありません`, `${harmless(path)} is no file`);
}

async function send(
  caller: Caller,
  path: string,
  { type, progress }: Upload,
  opened: FileHandle,
): Promise<unknown> {
  const { size } = await opened.stat();
  const bytes = async function* () {
    if (size === 0) return;
    let sent = 0;
    // Never more than was announced, should somebody write to the file meanwhile.
    const end = Math.max(0, size - 1);
    for await (const piece of opened.createReadStream({ autoClose: false, end })) {
      yield piece;
      sent += piece.length;
      progress?.(sent, size);
    }
  };
  return await postPieces(caller, path, { type, size, pieces: bytes() });
}

/** What is sent as one file, piece by piece. */
export interface Pieces {
  readonly type: string;
  /** Bytes of all of them, where that is known. */
  readonly size?: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * POSTs pieces as they come, as fast as the node takes them, and waits for its answer however long that takes.
 * @throws RenkeiError with the node’s code, CliFailure network_not_running; what `pieces` throws
 */
export async function postPieces(
  caller: Caller,
  path: string,
  { type, size, pieces }: Pieces,
): Promise<unknown> {
  const request = http.request(`${caller.agency.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': type,
      ...(size !== undefined && { 'content-length': size }),
      authorization: `Bearer ${caller.token}`,
    },
  });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  let unreadable: { readonly error: unknown } | undefined;
  const read = async function* () {
    try {
      yield* pieces;
    } catch (error) {
      unreadable = { error };
      throw error;
    }
  };
  // A refusal may come before all is sent, and then the rest is not wanted.
  pipeline(read, request).catch(() => undefined);
  const response = await answered.catch((cause: unknown) => {
    throw unreadable ? unreadable.error : unreachable(caller.agency.url, caller.found.path, cause);
  });
  const text = Buffer.concat(await response.toArray()).toString();
  request.destroy();
  const mediaType = response.headers['content-type']?.split(';')[0] ?? '';
  const answer = { status: response.statusCode ?? 0, mediaType, body: JSON.parse(text) };
  const problem = problemOf(answer);
  if (problem) throw problem;
  return answer.body;
}
