import { sha256 } from '../../protocol/digest.ts';

/** What the journal may tell of one body: ids, size, and sealed bytes as a digest, as the provider signs it. */
export interface Described {
  readonly ids: readonly string[];
  readonly facts: Readonly<Record<string, string | number>>;
}

const NOTHING: Described = { ids: [], facts: { bytes: 0 } };
/** Longer ones (a whole batch) are not opened for their id. */
const LONGEST_OPENED = 65_536;
const ID = /^[A-Za-z0-9_-]{22}$/;

/** Describes the JSON body of a request or reply. Claims are read, not believed, and only their ids. */
export function describe(body: unknown): Described {
  if (typeof body !== 'object' || body === null) return NOTHING;
  const { message, statement, sealed, deliveries } = members(body);
  const token = message ?? statement;
  const kept = Array.isArray(deliveries) ? deliveries.map((each) => describe(each)) : [];
  return {
    ids: [...new Set([...idsOf(token), ...kept.flatMap(({ ids }) => ids)])],
    facts: {
      bytes: Buffer.byteLength(JSON.stringify(body)),
      ...(typeof sealed === 'string' && sealedFacts(sealed)),
      ...(kept.length > 0 && { deliveries: kept.length }),
    },
  };
}

const sealedFacts = (sealed: string) => {
  const bytes = Buffer.from(sealed, 'base64url');
  return { sealedBytes: bytes.length, sealedDigest: sha256(bytes) };
};

/** `jti`, `exchange` and `request` of a signed message, and of the permit that it presents. */
function idsOf(token: unknown): string[] {
  if (typeof token !== 'string' || token.length > LONGEST_OPENED) return [];
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const { jti, exchange, request, permit } = members(JSON.parse(payload));
    const own = [jti, exchange, request].filter(
      (id) => typeof id === 'string' && ID.test(id),
    ) as string[];
    // A query has no exchange of its own to name, but presents the permit of one.
    return [...own, ...idsOf(permit)];
  } catch {
    return [];
  }
}

const members = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
