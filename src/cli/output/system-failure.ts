import { isSqliteError, SQLITE_FULL } from '../../service/sqlite/sqlite-errors.ts';
import { type Bilingual, CliFailure } from './cli-failure.ts';

interface Known extends Bilingual {
  readonly code: string;
  readonly hint: Bilingual;
}

const FULL: Known = {
  code: 'storage_full',
  ja: '保存領域が不足しています',
  en: 'The disk is full',
  hint: {
    ja: '空きを作るか、--data で別のフォルダーを、または --memory を指定してください',
    en: 'Make room, or choose another folder with --data, or --memory',
  },
};

const DENIED: Known = {
  code: 'access_denied',
  ja: '読み書きする権限がありません',
  en: 'No permission to read or write',
  hint: { ja: 'フォルダーの権限を確かめてください', en: 'Check the permissions of the folder' },
};

const UNUSABLE: Known = {
  code: 'path_not_usable',
  ja: 'このパスのファイルやフォルダーは作れません',
  en: 'No file or folder can be made at this path',
  hint: { ja: '別の場所を指定してください', en: 'Choose another place' },
};

const BY_CODE: Readonly<Record<string, Known>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: DENIED,
  EEXIST: UNUSABLE,
  EISDIR: UNUSABLE,
  ENAMETOOLONG: UNUSABLE,
  ENOENT: UNUSABLE,
  ENOTDIR: UNUSABLE,
  EMFILE: {
    code: 'too_many_files',
    ja: '同時に開けるファイルの数を超えました',
    en: 'Too many files are open',
    hint: { ja: 'ulimit -n を大きくしてください', en: 'Raise ulimit -n' },
  },
  EADDRNOTAVAIL: {
    code: 'address_not_available',
    ja: 'このアドレスでは待ち受けられません',
    en: 'This machine does not have that address',
    hint: { ja: 'listen.host を変えてください', en: 'Change listen.host' },
  },
};

/** What the operating system or the storage refused, if that is what it was: also as the cause of another error. */
export function systemFailure(thrown: unknown): CliFailure | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const known = isSqliteError(error, SQLITE_FULL) ? FULL : BY_CODE[systemCode(error)];
    if (!known) continue;
    const { code, ja, en, hint } = known;
    const place = 'path' in error && typeof error.path === 'string' ? { place: error.path } : {};
    return new CliFailure(code, { findings: [{ ja, en, hint, ...place }] }, { cause: thrown });
  }
  return undefined;
}

const systemCode = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';
