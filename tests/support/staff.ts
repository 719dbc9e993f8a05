import { expect } from 'vitest';
import type { Operation } from '../../src/agency/core/staff/operations.ts';
import { readySecrets } from '../../src/network/principals.ts';
import { oneTimeCodes } from '../../src/service/one-time-codes.ts';
import type { Reply } from './call.ts';
import {
  KUMAGAYA,
  type TestNetwork,
  type TestNetworkOptions,
  testNetwork,
} from './test-network.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

type Staff = NonNullable<ReturnType<NonNullable<TestNetworkOptions['config']>>>['staff'];

/** A network whose password hashes cost little, on a Tuesday morning. */
export const staffNetwork = (
  change: (staff: Staff) => Staff = (staff) => staff,
  options: TestNetworkOptions = {},
): Promise<TestNetwork> =>
  testNetwork({
    at: '2026-11-24T09:00:00+09:00',
    agencies: [KUMAGAYA],
    residents: 8,
    ...options,
    config: (config) => {
      const password = { ...config.staff.password, memoryKiB: 64, passes: 1 };
      return { ...config, staff: change({ ...config.staff, password }) };
    },
  });

export interface Given {
  readonly password: string;
  readonly secret: Uint8Array;
}

/** What a ready user logs in with. */
export const ready = (net: TestNetwork, user: string): Given =>
  readySecrets(net.network.config.seed, KUMAGAYA, user);

/** Secrets as an administrator hands them over. */
export const handedOver = ({ json }: Reply, person?: string): Given => {
  const { initialPassword, oneTimeCodes: all } = json as {
    initialPassword?: string;
    oneTimeCodes: { person: string; secret: string }[];
  };
  const own = all.find((each) => person === undefined || each.person === person);
  return {
    password: initialPassword ?? '',
    secret: oneTimeCodes.fromBase32(own?.secret ?? ''),
  };
};

export const codeNow = (net: TestNetwork, secret: Uint8Array, off = 0): string =>
  oneTimeCodes.codeAt(secret, net.clock.now() + off * 30_000);

/** Logs in; time moves on first, so that the code is a fresh one. */
export async function logIn(
  net: TestNetwork,
  user: string,
  given: Given = ready(net, user),
  more: { readonly person?: string; readonly password?: string; readonly code?: string } = {},
): Promise<Reply> {
  if (more.code === undefined) net.clock.advance(30_000);
  const body = {
    ...{ user, password: given.password, code: codeNow(net, given.secret) },
    ...more,
  };
  return net.post(KUMAGAYA, '/v1/sessions', body);
}

/** The token of somebody who could log in. */
export async function tokenOf(...asked: Parameters<typeof logIn>): Promise<string> {
  const reply = await logIn(...asked);
  expect(reply.status, reply.text).toBe(201);
  return String(reply.json.token);
}

/** The operation log of the agency, lines after those that were there before. */
export const operations = (net: TestNetwork, after = 0): readonly Operation[] =>
  net.network
    .agency(KUMAGAYA)
    .node.store.read.operations(0, 1_000_000)
    .slice(after)
    .map(({ operation }) => operation);

/** Lets another of the ready staff approve as well, and jocho also under a shared id, `kyoyo`: one person, two ids. */
export async function moreSupervisors(net: TestNetwork): Promise<void> {
  const kanri = { token: net.token(KUMAGAYA, 'kanri') };
  const change = { roles: ['officer', 'supervisor'] };
  expect((await net.post(KUMAGAYA, '/v1/staff/tanto2', change, kanri)).status).toBe(200);
  net.sessions.set(`${KUMAGAYA} tanto2`, await tokenOf(net, 'tanto2'));
  const entry = { department: 'soumu', roles: ['supervisor'], affairs: 'all', persons: ['jocho'] };
  const day = new Date(net.clock.now()).toISOString().slice(0, 10);
  const shared = { user: 'kyoyo', ...entry, validFrom: day, validUntil: day };
  const made = await net.post(KUMAGAYA, '/v1/staff', shared, kanri);
  expect(made.status, made.text).toBe(201);
  const token = await tokenOf(net, 'kyoyo', handedOver(made), { person: 'jocho' });
  const { password } = handedOver(made);
  const own = { password, newPassword: 'everybody knows this' };
  const changed = await net.post(KUMAGAYA, '/v1/sessions/password', own, { token });
  expect(changed.status).toBe(200);
  net.sessions.set(`${KUMAGAYA} kyoyo`, token);
}
