import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { AgeError } from '../../service/age/age-error.ts';
import { decryptWith } from '../../service/age/decrypt.ts';
import { CliFailure, usage } from '../output/cli-failure.ts';
import { harmless } from '../output/style.ts';

/** A file that only a secret key opens (`renkei media write`), as it comes out. */
export interface OpenedFile {
  /** Bytes of what comes out. */
  readonly size: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Opens an encrypted file with the secret key in another (`renkei media key`, `age-keygen`). Nothing of it is written
 * anywhere here.
 * @throws CliFailure usage for files that are not there, key_invalid, file_not_opened (while it is read, too)
 */
export async function openAgeFile(path: string, identity: string): Promise<OpenedFile> {
  const secret = secretIn(read(identity));
  const size = sizeOf(path);
  const bytes = Readable.toWeb(createReadStream(path));
  try {
    const opened = await decryptWith(secret, bytes);
    return { size: opened.sizeOf(size), pieces: told(opened.pieces) };
  } catch (error) {
    throw failureOf(error);
  }
}

async function* told(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (error) {
    throw failureOf(error);
  }
}

/** The line that is no comment; the file’s own words are never told. */
const secretIn = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line !== '' && !line.startsWith('#')) ?? '';

function read(path: string): string {
  sizeOf(path);
  return readFileSync(path, 'utf8');
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) return found.size;
  throw usage(`ファイル ${harmless(path)} がありません`, `there is no file ${harmless(path)}`);
}

const WORDS = {
  identity_invalid: ['age 形式の秘密鍵ではありません', 'This is no secret key of the age format'],
  not_for_this_identity: [
    'この秘密鍵では開けません。別の公開鍵あてに暗号化されています',
    'This secret key does not open it: it was encrypted to another public key',
  ],
  file_damaged: [
    'age 形式のファイルではないか、壊れているか、途中で切れています',
    'This is no file of the age format, or it is damaged or cut short',
  ],
} as const;

function failureOf(error: unknown): unknown {
  if (!(error instanceof AgeError)) return error;
  const [ja, en] = WORDS[error.code];
  const code = error.code === 'identity_invalid' ? 'key_invalid' : 'file_not_opened';
  return new CliFailure(code, { findings: [{ ja, en }] }, { cause: error });
}
