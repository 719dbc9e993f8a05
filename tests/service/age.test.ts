import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { decryptWith } from '../../src/service/age/decrypt.ts';
import { encryptTo } from '../../src/service/age/encrypt.ts';
import { newIdentity } from '../../src/service/age/new-identity.ts';

// Files of the age format in a stream: what goes in comes out, whole or with an error, however it is cut into pieces.

const PIECE = 65_536;
let key: Awaited<ReturnType<typeof newIdentity>>;
beforeAll(async () => {
  key = await newIdentity({ postQuantum: false });
});

const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, at) => at % 251);
/** Text with lines, in pieces of some size. */
function* inPieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}
const streamOf = (bytes: Uint8Array, size = 10_007) => ReadableStream.from(inPieces(bytes, size));
async function all(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const found: Uint8Array[] = [];
  for await (const piece of pieces) found.push(piece);
  return Buffer.concat(found);
}
const sealed = async (bytes: Uint8Array) =>
  all(await (await encryptTo([key.recipient]))(streamOf(bytes)));
const opened = async (bytes: Uint8Array, size?: number) =>
  all((await decryptWith(key.identity, streamOf(bytes, size))).pieces);

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_003])(
  '%d bytes come out as they went in, and their number is known beforehand',
  async (size) => {
    const plain = bytesOf(size);
    const file = await sealed(plain);
    expect((await opened(file)).equals(plain)).toBe(true);
    expect((await opened(file, 7_919)).equals(plain)).toBe(true);
    const { sizeOf } = await decryptWith(key.identity, streamOf(file));
    expect(sizeOf(file.length)).toBe(size);
  },
);

test('a file is encrypted as fast as it is read, and whoever stops reading stops what makes it', async () => {
  let made = 0;
  let stopped = false;
  const source = async function* () {
    try {
      for (; made < 10_000; made += 1) yield bytesOf(PIECE);
    } finally {
      stopped = true;
    }
  };
  const encrypt = await encryptTo([key.recipient]);
  const reader = (await encrypt(ReadableStream.from(source()))).getReader();
  await reader.read();
  for (let turns = 0; turns < 100; turns += 1) await turn();
  expect(made).toBeLessThan(20);
  await reader.cancel();
  await expect.poll(() => stopped).toBe(true);
});

test('what breaks off while it is encrypted breaks off, and never looks whole', async () => {
  const source = async function* () {
    yield bytesOf(3 * PIECE);
    throw new Error('broken off');
  };
  const encrypt = await encryptTo([key.recipient]);
  const came: Uint8Array[] = [];
  const read = async () => {
    for await (const piece of await encrypt(ReadableStream.from(source()))) came.push(piece);
  };
  await expect(read()).rejects.toThrow('broken off');
  if (came.length > 0) await expect(opened(Buffer.concat(came))).rejects.toThrow();
});

describe('opening', () => {
  test('a file cut short fails at its end at the latest, one that was changed where it was', async () => {
    const file = await sealed(bytesOf(3 * PIECE));
    // In the header, in the nonce, between pieces, and one byte before the end.
    const header = file.indexOf('\n---') + 49;
    for (const at of [0, 10, header, header + 16 + PIECE + 16, file.length - 1]) {
      const cut = opened(file.subarray(0, at));
      await expect(cut, `cut at ${at}`).rejects.toMatchObject({ code: 'file_damaged' });
    }
    for (const at of [3, header + 20, file.length - 1]) {
      const changed = Buffer.from(file);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      await expect(opened(changed), `changed at ${at}`).rejects.toMatchObject({
        code: 'file_damaged',
      });
    }
    const longer = Buffer.concat([file, Buffer.from('x')]);
    await expect(opened(longer)).rejects.toMatchObject({ code: 'file_damaged' });
  });

  test('by another key, by no key at all: it is told apart', async () => {
    const file = await sealed(bytesOf(10));
    for (const postQuantum of [false, true]) {
      const { identity } = await newIdentity({ postQuantum });
      await expect(decryptWith(identity, streamOf(file))).rejects.toMatchObject({
        code: 'not_for_this_identity',
      });
    }
    for (const identity of ['', 'himitsu', key.recipient, `${key.identity}X`]) {
      const failed = decryptWith(identity, streamOf(file));
      await expect(failed).rejects.toMatchObject({
        code: 'identity_invalid',
        message: 'identity_invalid',
      });
    }
  });
});

test.each([
  ['a secret key', () => key.identity],
  ['a slip', () => `${key.recipient.slice(0, -1)}${key.recipient.endsWith('q') ? 'p' : 'q'}`],
  ['small order', () => 'age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z'],
  ['of another length', () => 'age1pyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyysjzgfpyyfw987'],
  ['a plugin’s', () => 'age1yubikey1qgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqy8rymap'],
])('no file is encrypted to what is no public key: %s', async (_, recipient) => {
  await expect(encryptTo([key.recipient, recipient()])).rejects.toMatchObject({
    code: 'message_malformed',
    detail: { en: expect.stringContaining('/recipients/1') },
  });
});
