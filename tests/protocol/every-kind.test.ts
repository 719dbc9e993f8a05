import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/protocol/digest.ts';
import { canonicalJson } from '../../src/protocol/encoding.ts';
import { openMessage, signMessage } from '../../src/protocol/message.ts';
import { fc } from '../support/property.ts';
import { aMessage, fixedClaims, KINDS, kindOf } from './support/kinds.ts';
import { expecting, opening } from './support/opening.ts';
import { party } from './support/parties.ts';
import { headerText, rawToken } from './support/raw-token.ts';

const FOLDER = new URL('../../src/protocol/messages/', import.meta.url);
const files = readdirSync(FOLDER).map((file) => file.replace(/\.ts$/, ''));

const isKind = (value: unknown): value is { typ: string; claims: unknown } =>
  typeof value === 'object' && value !== null && 'typ' in value && 'claims' in value;

describe('the table of kinds', () => {
  test('has an arbitrary for every file in src/protocol/messages', () => {
    expect(Object.keys(KINDS).sort()).toEqual(files.sort());
  });

  test.each(files)(
    '%s is one kind, named after its file, and the one in the table',
    async (file) => {
      const module: Record<string, unknown> = await import(new URL(`${file}.ts`, FOLDER).href);
      const kinds = Object.values(module).filter(isKind);
      expect(kinds).toEqual([KINDS[file]?.kind]);
      expect(kinds[0]?.typ).toBe(`${file}+jwt`);
    },
  );
});

describe.each(Object.entries(KINDS))('%s', (_file, each) => {
  const { kind, claims } = each;

  test('is opened as it was signed', async () => {
    await fc.assert(
      fc.asyncProperty(claims, async (it) => {
        const token = await signMessage(kind, it, party(it.iss).signer);
        for (const audience of [it.aud].flat()) {
          const opened = await opening(kind, token, it, { audience });
          expect(opened).toEqual({ claims: it, token, digest: sha256(token) });
        }
      }),
      { numRuns: 25 },
    );
  });

  test('is the same bytes whoever makes them: compact JWS, canonical JSON, Ed25519', async () => {
    const it = fixedClaims(each);
    const signer = party(it.iss);
    const token = await signMessage(kind, it, signer.signer);
    expect(token).toBe(rawToken(headerText(kind.typ, signer), canonicalJson(it), signer));
  });
});

test('members in any order are signed as the same token', async () => {
  await fc.assert(
    fc.asyncProperty(aMessage, async ({ file, it }) => {
      const { kind } = kindOf(file);
      const { signer } = party(it.iss);
      const reversed = { ...it, ...Object.fromEntries(Object.entries(it).reverse()) };
      expect(await signMessage(kind, reversed, signer)).toBe(await signMessage(kind, it, signer));
    }),
    { numRuns: 20 },
  );
});

test('what is no valid claims is not signed', async () => {
  const each = kindOf('permit');
  const { kind } = each;
  const it = fixedClaims(each);
  const { signer } = party(it.iss);
  await expect(signMessage(kind, { ...it, jti: 'short' }, signer)).rejects.toThrow('jti');
  await expect(signMessage(kind, Object.assign({ extra: 1 }, it), signer)).rejects.toThrow('extra');
});

test('a message without expected issuer is opened with the key of the issuer it names', async () => {
  const each = kindOf('receipt');
  const { kind } = each;
  const it = fixedClaims(each);
  const { issuer: _issuer, ...anyone } = expecting(it);
  const token = await signMessage(kind, it, party(it.iss).signer);
  expect((await openMessage(kind, token, anyone)).claims).toEqual(it);
});
