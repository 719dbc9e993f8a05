import { fitted } from '../../client/call/read-answer.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { FileReport } from '../../protocol/file-report.ts';
import { BatchView } from '../../protocol/node-api/batches.ts';
import { pathWith } from '../copies/at-node.ts';
import type { Caller } from '../node/call-node.ts';
import { postPieces } from '../node/upload.ts';
import { CliFailure, type Finding } from '../output/cli-failure.ts';
import { progressBar } from '../output/progress-bar.ts';
import type { Parts } from './parts.ts';

const MOST_SHOWN = 20;
const MEGABYTE = 1e6;

export interface Sending {
  readonly encoding?: string | undefined;
  readonly concurrency?: string | undefined;
  readonly again?: boolean | undefined;
}

/** Sends a file to be checked and taken in. @throws CliFailure exit 2 with its mistakes, RenkeiError */
export async function sendParts(
  caller: Caller,
  parts: Parts,
  { encoding, concurrency, again }: Sending,
): Promise<BatchView> {
  const path = pathWith('/v1/batches', {
    encoding,
    concurrency,
    again: again ? 'true' : undefined,
  });
  const bar = progressBar(process.stderr, { unit: 'MB', scale: MEGABYTE });
  const { size } = parts;
  let read = 0;
  const pieces = parts.bytes((bytes) => {
    read += bytes;
    if (size !== undefined) bar.update(read, size);
  });
  try {
    return fitted(BatchView, await postPieces(caller, path, { type: 'text/csv', pieces }));
  } catch (error) {
    throw withMistakes(error, parts);
  } finally {
    bar.end();
  }
}

/** Each mistake with its place in the file that it is in. */
function withMistakes(error: unknown, parts: Parts): unknown {
  if (!(error instanceof RenkeiError)) return error;
  const report = FileReport.safeParse(error.detail.extensions);
  if (!report.success) return error;
  const { findings, count } = report.data;
  const shown = findings.slice(0, MOST_SHOWN).map(({ line, column, ja, en }) => ({
    place: [parts.placeOf(line), column].filter((it) => it !== undefined).join(': '),
    ...{ ja, en },
  }));
  const [first, ...others] = shown;
  if (!first) return error;
  const left = count - shown.length;
  const more: Finding[] =
    left > 0
      ? [{ ja: `ほかに ${left} 件（--json ですべて）`, en: `and ${left} more (--json: all)` }]
      : [];
  const failure = { exit: 2, findings: [first, ...others, ...more] } as const;
  return new CliFailure('inquiry_file_wrong', failure, { cause: error });
}
