import { readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { exchangeDetail } from '../../network/exchanges/exchange-detail.ts';
import type { Watched } from '../../network/network.ts';
import { japaneseDay } from '../../protocol/day.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { getJson, postMessage } from '../../service/http/json-route.ts';
import { replay, ScenariosInvalid } from '../replay.ts';
import { ReportSchema, reportOf } from '../report/report.ts';
import type { Ground } from '../run/prepare.ts';
import { findFiles } from '../scenario/find-files.ts';
import { ScenarioInvalid } from '../scenario/invalid.ts';
import { readScenario } from '../scenario/read.ts';
import { scenarioOf } from './scenario-of.ts';

export interface ScenarioTools {
  /** The folder whose scenarios are offered. */
  readonly folder: string;
  /** What they are replayed by. */
  readonly ground: () => Promise<Ground>;
  readonly version: string;
  /** Milliseconds since the epoch, for a report. */
  readonly now: () => number;
}

const OPERATOR = ['not_authenticated', 'not_authorised'] as const;
const Listed = z.strictObject({
  file: z.string(),
  name: z.string(),
  about: z.string().optional(),
  requirements: z.array(z.string()),
  items: z.array(z.string()),
  tests: z.array(z.string()),
});
type Listed = z.infer<typeof Listed>;

/** GET /v1/scenarios, POST /v1/scenarios/run, GET /v1/exchanges/{id}/scenario. */
export function scenarioRoutes(app: OpenAPIHono, network: Watched, tools: ScenarioTools): void {
  const tags = ['scenarios'];
  getJson(app, {
    path: '/v1/scenarios',
    tags,
    summary: 'The scenarios that ship',
    responses: { 200: z.strictObject({ scenarios: z.array(Listed) }) },
    errors: OPERATOR,
    handle: async () => ({ status: 200, body: { scenarios: await listed(tools) } }),
  });
  postMessage(app, {
    path: '/v1/scenarios/run',
    tags,
    summary: 'Replay one file, in networks of its own; this one is not touched',
    request: z.strictObject({
      file: z.string().min(1).max(300),
      test: z.string().max(100).optional(),
    }),
    responses: { 200: ReportSchema },
    errors: [...OPERATOR, 'not_found', 'message_malformed'],
    handle: async ({ file, test }) => ({ status: 200, body: await run(tools, file, test) }),
  });
  getJson(app, {
    path: '/v1/exchanges/{id}/scenario',
    tags,
    summary: 'A scenario that asks the same again and expects the same, as YAML',
    responses: { 200: z.strictObject({ name: z.string(), yaml: z.string() }) },
    errors: [...OPERATOR, 'not_found'],
    async handle(_query, context) {
      const { exchange } = await exchangeDetail(network, context.req.param('id') ?? '');
      return { status: 200, body: { name: `${exchange.id}.yaml`, yaml: scenarioOf(exchange) } };
    },
  });
}

/** A file as it was read, and when it had been changed last: reading all of them takes a second. */
const read = new Map<string, { readonly changed: number; readonly listed: Listed }>();

async function listed({ folder }: ScenarioTools): Promise<Listed[]> {
  const all: Listed[] = [];
  for (const file of await findFiles([folder])) {
    const { mtimeMs: changed } = await stat(file);
    const known = read.get(file);
    const one =
      known?.changed === changed
        ? known.listed
        : listedAs(relative(folder, file), readScenario(await readFile(file, 'utf8'), file));
    read.set(file, { changed, listed: one });
    all.push(one);
  }
  return all;
}

function listedAs(file: string, { scenario }: ReturnType<typeof readScenario>): Listed {
  const { name, about, ref, tests } = scenario;
  return {
    ...{ file, name },
    ...(about !== undefined && { about }),
    requirements: [...(ref?.requirement ?? [])],
    items: [...(ref?.item ?? [])],
    tests: tests.map(({ id }) => id),
  };
}

/** Only a file that is offered: a name from outside is never made a path. */
async function run(tools: ScenarioTools, file: string, test: string | undefined) {
  const offered = await findFiles([tools.folder]);
  const path = offered.find((each) => each === join(tools.folder, file));
  if (path === undefined) throw new RenkeiError('not_found');
  const startedAt = new Date(tools.now()).toISOString();
  try {
    const replayed = await replay({
      files: [path],
      ground: await tools.ground(),
      filter: test,
      today: japaneseDay(tools.now()),
      jobs: 1,
    });
    const options = { at: undefined, list: undefined, seed: undefined, filter: test };
    const report = reportOf(replayed, { version: tools.version, startedAt, options });
    // As JSON says it: what is undefined is not there.
    return ReportSchema.parse(JSON.parse(JSON.stringify(report)));
  } catch (error) {
    if (!(error instanceof ScenariosInvalid || error instanceof ScenarioInvalid)) throw error;
    throw new RenkeiError('message_malformed', {
      ja: 'シナリオに誤りがあります。renkei replay で場所を確かめてください',
      en: 'The scenario has mistakes: renkei replay names their places',
    });
  }
}
