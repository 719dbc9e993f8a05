import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { ErrorCode } from '../../protocol/errors.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { logApi } from '../../protocol/log/log-api.ts';
import { LogInvalid } from '../../protocol/log/log-invalid.ts';
import { parseTilePath, type TileAddress, tileBytes } from '../../protocol/log/tiles.ts';
import { alarmsOf } from '../record-log/alarms.ts';
import { exportText } from '../record-log/export-log.ts';
import type { PartyProofs } from '../record-log/record-proofs.ts';
import type { LogStore } from '../sqlite/log-store.ts';
import { getFile } from './file-route.ts';
import { getJson } from './json-route.ts';
import { getRaw } from './raw-route.ts';

/** What of a log is served. */
export interface ServedLog {
  readonly log: LogStore;
  readonly proofs: PartyProofs;
}

/** Who may see more than hashes, and what else may be answered then. */
export interface LogReaders {
  readonly admit: (context: Context) => void;
  readonly errors: readonly ErrorCode[];
}

/** The alarms that a party raised, and its records as they are verified offline, for those who may see them. */
export function logReadersRoutes(
  app: OpenAPIHono,
  { log, proofs }: ServedLog,
  { admit, errors }: LogReaders,
): void {
  alarmsRoute(app, proofs, { admit, errors });
  getFile(app, {
    ...logApi.export,
    summary:
      'All records with their leaf hashes and cosigned checkpoints, as `auditExport` reads them',
    errors,
    handle(_query, context) {
      admit(context);
      return { type: 'application/x-ndjson', pieces: exportText(log) };
    },
  });
}

/**
 * The alarms that a party raised. At the gateway they are for everybody: what is shown are checkpoints alone, which the
 * accused signed and publishes, and whoever was shown another one wants to know.
 */
export function alarmsRoute(
  app: OpenAPIHono,
  proofs: PartyProofs,
  { admit, errors }: LogReaders = { admit: () => undefined, errors: [] },
): void {
  getJson(app, {
    ...logApi.alarms,
    summary: 'Other parties’ logs that contradicted themselves, with what they signed',
    errors,
    handle(_query, context) {
      admit(context);
      return { status: 200, body: alarmsOf(proofs) };
    },
  });
}

/**
 * The tree of a party's log for whoever wants to witness it: the newest checkpoint, hashes as tiles (C2SP
 * tlog-tiles), and proofs that it only grew. No record: what is hashed has 128 random bits in it.
 */
export function logRoutes(app: OpenAPIHono, { log, proofs }: ServedLog): void {
  const { records } = log;
  getJson(app, {
    ...logApi.consistency,
    summary: 'Proof that the log of `to` records begins with that of `from` (RFC 9162 §2.1.4)',
    errors: ['not_found'],
    handle(_query, context) {
      const [from, to] = [countIn(context.req.param('from')), countIn(context.req.param('to'))];
      const consistency = proofs.consistency(from, to);
      if (consistency === undefined) throw new RenkeiError('not_found');
      return { status: 200, body: { consistency } };
    },
  });
  getRaw(app, {
    ...logApi.checkpoint,
    summary: 'The newest signed checkpoint (C2SP tlog-checkpoint)',
    errors: ['not_found'],
    async handle() {
      const note = await records.head.note;
      if (note === '') throw new RenkeiError('not_found');
      return new Response(note, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
    },
  });
  getRaw(app, {
    ...logApi.tile,
    summary: 'Hashes of the tree (C2SP tlog-tiles)',
    errors: ['not_found'],
    handle(context) {
      const tile = hashTile(`tile/${context.req.param('path')}`, records.head.size);
      const bytes = tileBytes(tile, (level, index) => records.node(level, index));
      return new Response(new Uint8Array(bytes), {
        headers: { 'content-type': 'application/octet-stream' },
      });
    },
  });
}

/** A tile that this tree has, partial ones at any width that it ever had. @throws RenkeiError not_found */
function hashTile(path: string, size: number): TileAddress & { level: number } {
  const notFound = (cause?: unknown) => new RenkeiError('not_found', {}, { cause });
  let tile: TileAddress;
  try {
    tile = parseTilePath(path);
  } catch (error) {
    throw error instanceof LogInvalid ? notFound(error) : error;
  }
  const { level, index, width } = tile;
  if (level === 'entries') throw notFound();
  const hashes = Math.floor(size / 256 ** level);
  if (index * 256 + width > hashes) throw notFound();
  return { level, index, width };
}

const countIn = (text: string | undefined): number => {
  if (text === undefined || !/^(0|[1-9][0-9]{0,14})$/.test(text))
    throw new RenkeiError('not_found');
  return Number(text);
};
