import { type FileHandle, open } from 'node:fs/promises';
import { LAW_LIMITS, type LawLimits } from './limits.ts';
import { type Law, LawReader } from './read-law.ts';
import { LawRefused } from './refused.ts';

/** Reads a law file without ever holding all of it. Throws LawRefused. */
export async function readLawFile(path: string, limits: LawLimits = LAW_LIMITS): Promise<Law> {
  const reader = new LawReader(limits);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined });
    } catch (cause) {
      throw new LawRefused(
        'law_not_utf8',
        { ja: 'UTF-8 ではありません', en: 'it is not UTF-8' },
        { ja: 'e-Gov の XML は UTF-8 です', en: 'the XML of e-Gov is; take the file from there' },
        { cause },
      );
    }
  };
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > limits.bytes) throw tooLarge(limits.bytes);
    let bytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false })) {
      // Pipes and files that grow have no size to be asked for.
      bytes += chunk.length;
      if (bytes > limits.bytes) throw tooLarge(limits.bytes);
      reader.write(decode(chunk));
    }
    reader.write(decode());
  } catch (cause) {
    if (cause instanceof LawRefused) throw cause;
    throw new LawRefused(
      'law_unreadable',
      { ja: 'ファイルを読めません', en: 'the file cannot be read' },
      { ja: 'ファイル名と権限を確かめてください', en: 'check its name and your permissions' },
      { cause },
    );
  } finally {
    await file?.close();
  }
  return reader.end();
}

const tooLarge = (bytes: number) =>
  new LawRefused(
    'law_too_large',
    {
      ja: `ファイルが ${bytes} バイトを超えています`,
      en: `the file is larger than ${bytes} bytes`,
    },
    {
      ja: '一つの法令の XML を指定してください',
      en: 'give the XML of one law, not of a collection',
    },
  );
