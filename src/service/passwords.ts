import crypto, { scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { RenkeiError } from '../protocol/errors.ts';
import type { Passwords } from './ports.ts';

/** What a hash costs: memory in KiB, passes over it, lanes. */
export interface HashCost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** Argon2id as OWASP’s Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane. */
export const OWASP: HashCost = { memory: 19_456, passes: 2, lanes: 1 };

const BYTES = 32;
/** At once; each takes a thread and its memory. */
const MOST_AT_ONCE = 2;
/** Waiting for their turn; whoever comes later is turned away. */
const MOST_WAITING = 64;

const derive = {
  // From Node 24.7 on; looked up when it is needed.
  argon2id: (parameters: Parameters<typeof crypto.argon2>[1]): Promise<Buffer> =>
    promisify(crypto.argon2)('argon2id', parameters),
  scrypt: promisify(scrypt) as (
    password: string,
    salt: Uint8Array,
    length: number,
    options: { N: number; r: number; p: number; maxmem: number },
  ) => Promise<Buffer>,
};
type Algorithm = keyof typeof derive;

/** What the runtime has. */
const BEST: Algorithm = typeof crypto.argon2 === 'function' ? 'argon2id' : 'scrypt';

/**
 * Password hashes as PHC strings, which carry algorithm, cost and salt: argon2id (RFC 9106), or scrypt
 * (RFC 7914) where the runtime has no argon2. Hashed in threads, never on the main one.
 */
export function makePasswords(cost: HashCost = OWASP, algorithm: Algorithm = BEST): Passwords {
  const turn = turns();
  const prefix = prefixOf(algorithm, cost);
  const hash = async (password: string, salt: Uint8Array, by = cost) => {
    const start = prefixOf(algorithm, by);
    const bytes = await turn(() => digestBy(`${start}$${unpadded(salt)}`, password));
    return `${start}$${unpadded(salt)}$${unpadded(bytes)}`;
  };
  return {
    hash: (password, salt) => hash(password, salt),
    hashRandom: (password, salt) => hash(password, salt, { memory: 8, passes: 1, lanes: 1 }),
    isPresent: (stored) => stored.startsWith(`${prefix}$`),
    async matches(password, stored) {
      const same = stored !== undefined && (await turn(() => agrees(stored, password)));
      // Whoever has no hash, or a cheaper one, takes as long as everybody.
      if (stored === undefined || !stored.startsWith(`${prefix}$`)) {
        await hash(password, new Uint8Array(16));
      }
      return same;
    },
  };
}

const unpadded = (bytes: Uint8Array): string =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '');

/** The PHC string up to the salt. What OWASP asks of argon2id becomes what it asks of scrypt: N = 2^15, r = 8, p = 3. */
const prefixOf = (algorithm: Algorithm, { memory, passes, lanes }: HashCost): string =>
  algorithm === 'argon2id'
    ? `$argon2id$v=19$m=${memory},t=${passes},p=${lanes}`
    : `$scrypt$ln=${Math.max(4, Math.ceil(Math.log2(memory)))},r=8,p=${passes + lanes}`;

const ARGON2 = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)/;
const SCRYPT = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)/;

/** The digest that a PHC string describes. @throws TypeError for one that is none */
async function digestBy(phc: string, password: string): Promise<Buffer> {
  // NIST SP 800-63B: the same password however it was typed, full-width letters also.
  const message = password.normalize('NFKC');
  const [, ...argon] = ARGON2.exec(phc) ?? [];
  if (argon.length > 0) {
    const [memory, passes, parallelism] = argon.map(Number) as [number, number, number];
    const nonce = Buffer.from(argon[3] ?? '', 'base64');
    return derive.argon2id({ message, nonce, tagLength: BYTES, memory, passes, parallelism });
  }
  const [, ln, r, p, salt] = SCRYPT.exec(phc) ?? [];
  if (salt === undefined) throw new TypeError('no password hash');
  const [N, block] = [2 ** Number(ln), Number(r)];
  const options = { N, r: block, p: Number(p), maxmem: 256 * N * block };
  return derive.scrypt(message, Buffer.from(salt, 'base64'), BYTES, options);
}

async function agrees(stored: string, password: string): Promise<boolean> {
  const kept = Buffer.from(stored.slice(stored.lastIndexOf('$') + 1), 'base64');
  const found = await digestBy(stored, password);
  return kept.length === found.length && timingSafeEqual(kept, found);
}

/** So many at once, in order. */
function turns() {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= MOST_AT_ONCE) {
      if (waiting.length >= MOST_WAITING) throw new RenkeiError('rate_limited');
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
