import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import type { Watched } from '../network.ts';
import { checkDatabases } from '../snapshot/check-databases.ts';
import { openDatabases, sealDatabases } from '../snapshot/seal-databases.ts';
import { checkSameWorld } from '../snapshot/snapshot.ts';
import { fromStateFile, StateFile, toStateFile } from '../snapshot/state-file.ts';
import { OPERATOR_ERRORS } from './errors.ts';

const Nothing = z.strictObject({});
const EVERYTHING =
  'It holds everything that any party keeps; what the agencies keep is sealed under keys of each.';

/** GET and POST /v1/state, POST /v1/state/reset: all parties at one instant. */
export function stateRoutes(app: OpenAPIHono, network: Watched): void {
  const tags = ['state'];
  getJson(app, {
    path: '/v1/state',
    tags,
    summary: 'Export all parties as they are at one instant',
    description: EVERYTHING,
    responses: { 200: StateFile },
    errors: [...OPERATOR_ERRORS, 'state_conflict'],
    async handle() {
      const snapshot = await network.snapshot();
      const databases = sealDatabases(snapshot.databases, network.config.seed);
      return { status: 200, body: toStateFile({ ...snapshot, databases }) };
    },
  });
  postMessage(app, {
    path: '/v1/state',
    tags,
    summary: 'Go back to an exported state of a network with the same seed and configuration',
    description: `${EVERYTHING} Messages on their way are lost, requests from outside wait meanwhile.`,
    request: StateFile,
    responses: { 200: Nothing },
    errors: [...OPERATOR_ERRORS, 'state_conflict'],
    // A whole network in base64.
    mayHoldNumbers: 'all',
    async handle(file) {
      const found = fromStateFile(file);
      checkSameWorld(found, network.config);
      const databases = openDatabases(found.databases, network.config.seed);
      checkDatabases(databases, (await network.snapshot()).databases);
      await network.restore({ ...found, databases });
      return { status: 200, body: {} };
    },
  });
  postMessage(app, {
    path: '/v1/state/reset',
    tags,
    summary: 'Go back to how everything was when the network was first ready',
    request: Nothing,
    responses: { 200: Nothing },
    errors: [...OPERATOR_ERRORS, 'state_conflict'],
    async handle() {
      await network.reset();
      return { status: 200, body: {} };
    },
  });
}
