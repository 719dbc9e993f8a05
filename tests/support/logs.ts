import { expect } from 'vitest';
import { GATEWAY } from '../../src/protocol/identifiers.ts';
import { type AuditReport, auditExport } from '../../src/protocol/log/audit-export.ts';
import { cosignatureVerifier } from '../../src/protocol/log/cosignature.ts';
import { originOf } from '../../src/protocol/log/origin.ts';
import { keyOf, logOf } from './log-keys.ts';
import type { TestNetwork } from './test-network.ts';

/** A party’s export, line by line, from the control plane. */
export async function exportOf(net: TestNetwork, party: string): Promise<string[]> {
  const response = await fetch(`${net.url('control')}/v1/logs/${party}/export`, {
    headers: { authorization: `Bearer ${net.token('control', '')}` },
  });
  expect(response.status).toBe(200);
  return (await response.text()).split('\n').slice(0, -1);
}

/** Verifies a party’s whole log with everybody’s cosignatures. */
export async function audited(net: TestNetwork, party: string): Promise<AuditReport> {
  const witnesses = [GATEWAY, ...net.network.agencies.keys()].map((each) =>
    cosignatureVerifier(originOf(each), keyOf(net.network, each, 'witness')),
  );
  return await auditExport(await exportOf(net, party), {
    log: logOf(net.network, party),
    witnesses,
  });
}
