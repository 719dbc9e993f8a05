import { sha256 } from '../../protocol/digest.ts';
import { canonicalJson } from '../../protocol/encoding.ts';
import type { RegistrationChange } from './agencies.ts';
import type { Gateway } from './gateway.ts';

/** A change as it is kept, with the digest of the registration that it was made to. */
interface Kept {
  readonly of: string;
  readonly change: RegistrationChange;
}

const metaOf = (code: string): string => `registration ${code}`;

/**
 * Suspends an agency or lets it take part again, or replaces its impact assessments (番号法21条2項, 28条).
 * The change and its record are durable together, before it takes effect.
 * @throws RangeError for an agency that is not registered
 */
export async function changeRegistration(
  gateway: Gateway,
  code: string,
  change: RegistrationChange,
): Promise<void> {
  const of = digestOf(gateway, code);
  await gateway.store.transact((tx) => {
    const before = read(tx.meta(metaOf(code)));
    const kept: Kept = { of, change: { ...(before?.of === of && before.change), ...change } };
    tx.setMeta(metaOf(code), JSON.stringify(kept));
    tx.record({
      kind: 'directory_changed',
      at: gateway.clock.now(),
      statement: sha256(canonical({ code, ...kept.change })),
    });
  });
  gateway.agencies.change(code, change);
}

/**
 * After a start: takes the changes kept from before. A registration that was itself rewritten since then
 * (in the configuration) counts as it is written.
 */
export function restoreRegistrations(gateway: Gateway): void {
  for (const { code } of gateway.agencies.all()) {
    const kept = read(gateway.store.read.meta(metaOf(code)));
    if (kept?.of === digestOf(gateway, code)) gateway.agencies.change(code, kept.change);
  }
}

const read = (text: string | undefined): Kept | undefined =>
  text === undefined ? undefined : JSON.parse(text);

function digestOf(gateway: Gateway, code: string): string {
  const { name, roles, suspended, assessments } = gateway.agencies.registered(code);
  return sha256(canonical({ name, roles, suspended, assessments }));
}

/** Canonical JSON (RFC 8785) knows no undefined; an optional part that is not there is left out. */
const canonical = (value: unknown): string => canonicalJson(JSON.parse(JSON.stringify(value)));
