import { beforeAll, describe, expect, test } from 'vitest';
import { numericDate } from '../../src/protocol/day.ts';
import { RenkeiError } from '../../src/protocol/errors.ts';
import { GATEWAY, REGISTRY } from '../../src/protocol/identifiers.ts';
import { signingKey, type Verifier, verifierOf } from '../../src/protocol/keys.ts';
import { openMessage, signMessage } from '../../src/protocol/message.ts';
import { codeRequest } from '../../src/protocol/messages/code-request.ts';
import { residentCodes } from '../../src/protocol/messages/resident-codes.ts';
import { type Registry, requestCodes } from '../../src/registry/core/registry.ts';
import { openCardStore } from '../../src/registry/store/card-store.ts';
import type { PartyEvent } from '../../src/service/ports.ts';
import { idOf } from '../support/ids.ts';

const NUMBER = '123456789018';
const RESIDENT_CODE = '12345678903';
const now = Date.parse('2026-11-22T09:00:00+09:00');

let agency: Awaited<ReturnType<typeof signingKey>>;
let own: Awaited<ReturnType<typeof signingKey>>;
let verifiers: { agency: Verifier; own: Verifier };
beforeAll(async () => {
  agency = await signingKey(new Uint8Array(32).fill(1), 'agency.1', 'address-numbers');
  own = await signingKey(new Uint8Array(32).fill(2), 'registry.1', 'registry');
  verifiers = { agency: await verifierOf(agency.publicKey), own: await verifierOf(own.publicKey) };
});

/** The core alone, with what it sent and told. */
function registry(change: Partial<Registry> = {}) {
  const sent: string[] = [];
  const events: PartyEvent[] = [];
  const claimed = new Set<string>();
  const core: Registry = {
    residentCodeOf: (number) => (number === NUMBER ? RESIDENT_CODE : undefined),
    clock: { now: () => now },
    newId: () => idOf('new'),
    signer: own.signer,
    keyOf: () => verifiers.agency,
    claim(issuer, id) {
      if (claimed.has(`${issuer} ${id}`)) throw new RenkeiError('message_replayed');
      claimed.add(`${issuer} ${id}`);
    },
    async sendToGateway(message) {
      sent.push(message);
      return 1;
    },
    sendHolder: async (message) => {
      sent.push(message);
    },
    cards: { make: () => undefined, store: openCardStore({ path: ':memory:' }) },
    toleranceSeconds: 30,
    observe: (event) => events.push(event),
    ...change,
  };
  return { core, sent, events };
}
const request = (
  entries: { acquisition: string; individualNumber: string }[],
  jti = idOf('request'),
) =>
  signMessage(
    codeRequest,
    { iss: '32201', aud: REGISTRY, jti, iat: numericDate(now), entries },
    agency.signer,
  );
const one = { acquisition: idOf('acquisition'), individualNumber: NUMBER };

describe('番号法21条の2: the registry', () => {
  test('passes the resident code on under the acquisition number, signed, and never the individual number', async () => {
    const { core, sent } = registry();
    expect(await requestCodes(core, await request([one]))).toBe(1);
    const { claims } = await openMessage(residentCodes, sent[0] ?? '', {
      audience: GATEWAY,
      issuer: REGISTRY,
      keyOf: () => verifiers.own,
    });
    expect(claims).toMatchObject({
      agency: '32201',
      entries: [{ acquisition: one.acquisition, residentCode: RESIDENT_CODE }],
    });
    expect(JSON.stringify(claims)).not.toContain(NUMBER);
  });

  test('tells watchers how many, and not who', async () => {
    const { core, events } = registry();
    await requestCodes(core, await request([one]));
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toMatch(
      new RegExp(`${NUMBER}|${RESIDENT_CODE}|${one.acquisition}`),
    );
  });

  test('passes on none of a request that names somebody who is nobody', async () => {
    const { core, sent } = registry();
    const nobody = { acquisition: idOf('other'), individualNumber: '987654321093' };
    const error: unknown = await requestCodes(core, await request([one, nobody])).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'not_found',
      detail: { en: expect.stringContaining('2') },
    });
    expect(JSON.stringify(error)).not.toContain(nobody.individualNumber);
    expect(sent).toEqual([]);
    // Nothing was claimed: put right, the same request may come again.
    expect(await requestCodes(core, await request([one]))).toBe(1);
  });

  test('takes a request once', async () => {
    const { core, sent } = registry();
    const message = await request([one]);
    await requestCodes(core, message);
    await expect(requestCodes(core, message)).rejects.toMatchObject({ code: 'message_replayed' });
    expect(sent).toHaveLength(1);
  });

  test('tells that the gateway is away', async () => {
    const { core } = registry({
      sendToGateway: () => Promise.reject(new RenkeiError('gateway_unavailable')),
    });
    await expect(requestCodes(core, await request([one]))).rejects.toMatchObject({
      code: 'gateway_unavailable',
    });
  });
});
