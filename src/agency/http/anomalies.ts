import type { OpenAPIHono } from '@hono/zod-openapi';
import { operationLog } from '../../protocol/node-api/operation-log.ts';
import { getJson } from '../../service/http/json-route.ts';
import type { AgencyNode } from '../core/node.ts';
import { Detector } from '../core/staff/anomalies/detect.ts';
import type { Finding } from '../core/staff/anomalies/finding.ts';
import { checkAffair } from '../core/staff/authority.ts';
import { done } from '../core/staff/operations.ts';
import { periodOf } from './period.ts';
import { type Authenticate, staffOf } from './principal.ts';

const DAYS_31 = 31 * 24 * 60 * 60 * 1000;

/** GET /v1/anomalies: what stands out in the operation log, for its regular review. */
export function anomaliesRoute(
  app: OpenAPIHono,
  node: AgencyNode,
  authenticate: Authenticate,
): void {
  getJson(app, {
    ...operationLog.anomalies,
    summary: 'What stands out in the operation log',
    description: 'Of the last 31 days, unless a period is given.',
    errors: ['not_authenticated', 'not_authorised', 'storage_full'],
    async handle(asked, context) {
      const by = staffOf(authenticate, context, 'anomalies.show');
      checkAffair(by, undefined);
      const { rule } = asked;
      const { until = node.clock.now() + 1, from = until - DAYS_31 } = periodOf(asked);
      const detector = await detected(node, from, until);
      const findings = detector
        .findings()
        .filter((finding) => rule === undefined || finding.rule === rule);
      const line = done(node, by, 'anomalies.show', { count: findings.length });
      await node.store.transact((tx) => tx.note(line));
      const period = { from: time(from), until: time(until) };
      const { lines } = detector;
      return { status: 200, body: { ...period, lines, findings: findings.map(viewOf) } };
    },
  });
}

const PAGE = 1000;

/** Goes through the period page by page, letting others have their turn in between. */
async function detected(node: AgencyNode, from: number, until: number): Promise<Detector> {
  const detector = new Detector(node.settings.anomalies, node.isWorkingDay);
  for (let after = 0; ; ) {
    const page = node.store.read.operationsWhere({ from, until }, after, PAGE);
    for (const line of page) detector.take(line);
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) return detector;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const time = (at: number): string => new Date(at).toISOString();

const viewOf = ({ from, until, operations, ...rest }: Finding) => ({
  ...rest,
  from: time(from),
  until: time(until),
  operations: [...operations],
});
