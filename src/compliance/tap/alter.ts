import { CompactSign } from 'jose';
import { canonicalJson, utf8 } from '../../protocol/encoding.ts';
import type { Signer } from '../../protocol/keys.ts';
import { claimsIn, objectIn, tokenIn } from './passage.ts';

/** How a body is changed. */
export interface Alteration {
  /** Claims with new values; null takes one out. */
  readonly claims?: Readonly<Record<string, unknown>> | undefined;
  /** Who signs anew; without one the old signature stays, and no longer fits. */
  readonly signer?: Signer | undefined;
  readonly sealed?: 'flip' | 'remove' | undefined;
  readonly proof?: 'flip' | 'remove' | undefined;
  readonly pad?: number | undefined;
  /** What `now` and `new` stand for. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** A body whose one signed message, or the sealed part beside it, is another. */
export async function altered(body: string, change: Alteration): Promise<string> {
  const token = tokenIn(body);
  const { sealed, proof, ...rest } = objectIn(body);
  const key = 'message' in rest ? 'message' : 'statement';
  return JSON.stringify({
    ...rest,
    ...(token !== undefined && { [key]: `${await alteredToken(token, change)}${padding(change)}` }),
    ...(typeof sealed === 'string' &&
      change.sealed !== 'remove' && {
        sealed: change.sealed === 'flip' ? flipped(sealed) : sealed,
      }),
    ...(isObject(proof) &&
      change.proof !== 'remove' && {
        proof: change.proof === 'flip' ? flippedProof(proof) : proof,
      }),
  });
}

async function alteredToken(token: string, change: Alteration): Promise<string> {
  const { claims, signer } = change;
  if (!claims && !signer) return token;
  const [header = '', , signature = ''] = token.split('.');
  const next = Object.entries({ ...claimsIn(token), ...resolved(change) });
  const payload = utf8(
    canonicalJson(Object.fromEntries(next.filter(([, value]) => value !== null))),
  );
  if (!signer) return `${header}.${Buffer.from(payload).toString('base64url')}.${signature}`;
  const { typ = '' } = objectIn(Buffer.from(header, 'base64url').toString('utf8'));
  return await new CompactSign(payload)
    .setProtectedHeader({ alg: 'EdDSA', kid: signer.kid, typ: String(typ) })
    .sign(signer.key);
}

/** `now` and `now+5m` in seconds, `new` as an id; all else as it is written. */
function resolved({ claims = {}, now, newId }: Alteration): Readonly<Record<string, unknown>> {
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => {
      if (value === 'new') return [name, newId()];
      const time = typeof value === 'string' && /^now(?:([+-]\d{1,8})([smhd]))?$/.exec(value);
      if (!time) return [name, value];
      const unit = time[2] === 'm' || time[2] === 'h' || time[2] === 'd' ? time[2] : 's';
      return [name, Math.floor(now() / 1000) + Number(time[1] ?? 0) * seconds[unit]];
    }),
  );
}

const padding = ({ pad = 0 }: Alteration): string => 'A'.repeat(pad);

/** The same bytes but for one bit of the one in the middle. */
function flipped(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const middle = bytes.length >> 1;
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  return bytes.toString('base64url');
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Another record than the one that is proven. */
const flippedProof = (proof: Readonly<Record<string, unknown>>) => ({
  ...proof,
  record: isObject(proof.record) && { ...proof.record, at: Number(proof.record.at) + 1 },
});
