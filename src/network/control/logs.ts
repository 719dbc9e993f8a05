import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { AgencyCode, GATEWAY } from '../../protocol/identifiers.ts';
import { AlarmView } from '../../protocol/log/log-api.ts';
import { getFile } from '../../service/http/file-route.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { alarmsOf } from '../../service/record-log/alarms.ts';
import { exportText } from '../../service/record-log/export-log.ts';
import { LogState, logStates } from '../logs/log-states.ts';
import { loggingParties, loggingParty } from '../logs/parties.ts';
import type { Watched } from '../network.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const Party = z.union([AgencyCode, z.literal(GATEWAY)]);

/** Every party’s log and its witnesses, alarms about each other’s logs, trusting a log anew, and every log as a file. */
export function logsRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['logs'];
  getJson(app, {
    path: '/v1/logs',
    tags,
    summary: 'Every party’s log: its tree, who has seen and cosigned it, up to where',
    responses: { 200: z.strictObject({ logs: z.array(LogState) }) },
    errors: OPERATOR_ERRORS,
    handle: () => ({ status: 200, body: { logs: logStates(network) } }),
  });
  getJson(app, {
    path: '/v1/log/alarms',
    tags,
    summary: 'Logs that contradicted themselves, by who found it',
    responses: {
      200: z.strictObject({ alarms: z.array(AlarmView.extend({ by: z.string() })) }),
    },
    errors: OPERATOR_ERRORS,
    handle: () => ({
      status: 200,
      body: {
        alarms: loggingParties(network).flatMap((by) =>
          alarmsOf(loggingParty(network, by).proofs).alarms.map((alarm) => ({ by, ...alarm })),
        ),
      },
    }),
  });
  postMessage(app, {
    path: '/v1/log/trust',
    tags,
    summary: 'Have a party take another’s log as it is from now on: after a backup was restored',
    request: z.strictObject({ party: Party, log: Party }),
    responses: { 200: z.strictObject({ ended: z.int().describe('Alarms that end with it') }) },
    errors: [...OPERATOR_ERRORS, 'not_found', 'storage_full'],
    async handle({ party, log }) {
      const { proofs } = loggingParty(network, party);
      return { status: 200, body: { ended: await proofs.trust(log) } };
    },
  });
  getFile(app, {
    path: '/v1/logs/{party}/export',
    tags,
    summary: 'A party’s whole log as it is verified offline, line by line',
    query: z.strictObject({}),
    types: ['application/x-ndjson'],
    errors: [...OPERATOR_ERRORS, 'not_found'],
    handle(_query, context) {
      const { log } = loggingParty(network, context.req.param('party') ?? '');
      return { type: 'application/x-ndjson', pieces: exportText(log) };
    },
  });
}
