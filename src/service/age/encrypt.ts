import { RenkeiError } from '../../protocol/errors.ts';

/** Encrypts a file as it comes. One that broke off cannot be opened to its end, so it never passes for whole. */
export type EncryptFile = (file: ReadableStream<Uint8Array>) => Promise<ReadableStream<Uint8Array>>;

/**
 * What encrypts files in the age format (age-encryption.org/v1: 64 KiB pieces of ChaCha20-Poly1305 under a key of the
 * file’s own, wrapped for each recipient). The library is loaded when it is first needed: most nodes write no media.
 * @param recipients public keys, age1… or age1pq1…
 * @throws RenkeiError message_malformed, with the place of a key that is none
 */
export async function encryptTo(recipients: readonly string[]): Promise<EncryptFile> {
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  for (const [at, recipient] of recipients.entries()) {
    try {
      encrypter.addRecipient(recipient);
      const tried = new Encrypter();
      tried.addRecipient(recipient);
      // A point of small order has the form of a key, and no secret comes of it.
      await tried.encrypt(new Uint8Array());
    } catch {
      throw noRecipient(at);
    }
  }
  return (file) => encrypter.encrypt(file);
}

const noRecipient = (at: number) =>
  new RenkeiError('message_malformed', {
    ja: `/recipients/${at}: age 形式の公開鍵ではありません`,
    en: `/recipients/${at}: no public key of the age format`,
    hint: {
      ja: '`renkei media key` で鍵を作り、age1 で始まる公開鍵を指定してください',
      en: 'Make a key with `renkei media key`, and tell its public half, age1…',
    },
    extensions: { fields: [{ field: `/recipients/${at}`, issue: 'wrong_format' }] },
  });
