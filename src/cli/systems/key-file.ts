import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type ClientKey, ClientKeyInput, clientKeyOf } from '../../protocol/client-key.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { newClientKey } from '../../protocol/new-client-key.ts';
import { CliFailure } from '../output/cli-failure.ts';

const Secret = z.looseObject({ d: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/** A private key (JWK) out of a file, with the name that its public half has. @throws CliFailure key_invalid */
export async function readPrivateKey(path: string): Promise<ClientKey & { readonly d: string }> {
  const { d, ...rest } = read(path, Secret);
  return { ...(await publicOf(path, rest)), d };
}

/** A public key (JWK) out of a file; of a private one only the public half is taken. @throws CliFailure key_invalid */
export function readPublicKey(path: string): Promise<ClientKey> {
  const { d: _, ...rest } = read(path, z.looseObject({ d: z.string().optional() }));
  return publicOf(path, rest);
}

/** Makes an Ed25519 key pair and writes it, for its owner to read only. @returns its public half */
export async function writeNewKey(path: string): Promise<ClientKey> {
  const { privateKey, publicKey } = await newClientKey(randomBytes(32));
  // Never over another key.
  writeFileSync(path, `${JSON.stringify(privateKey, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return publicKey;
}

function read<Shape>(path: string, schema: z.ZodType<Shape>): Shape {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    // What the file holds is not told: it may be a secret.
    if (cause instanceof z.ZodError || cause instanceof SyntaxError) throw invalid(path, cause);
    throw cause;
  }
}

async function publicOf(path: string, jwk: unknown): Promise<ClientKey> {
  const input = ClientKeyInput.safeParse(jwk);
  if (!input.success) throw invalid(path, input.error);
  return await clientKeyOf(input.data).catch((cause: unknown) => {
    throw cause instanceof RenkeiError ? invalid(path, cause) : cause;
  });
}

const invalid = (path: string, cause: unknown): CliFailure =>
  new CliFailure(
    'key_invalid',
    {
      findings: [
        {
          place: path,
          ja: 'Ed25519 か P-256 の鍵（JWK）ではありません',
          en: 'This is no key (JWK), Ed25519 or P-256',
          hint: {
            ja: '`renkei systems add --new-key FILE` で鍵を作れます',
            en: '`renkei systems add --new-key FILE` makes one',
          },
        },
      ],
    },
    { cause },
  );
