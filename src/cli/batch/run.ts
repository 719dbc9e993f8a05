import { fitted } from '../../client/call/read-answer.ts';
import { RenkeiError } from '../../protocol/errors.ts';
import { BatchView } from '../../protocol/node-api/batches.ts';
import { writeJson } from '../control/group.ts';
import { type AtNode, callerAt } from '../copies/at-node.ts';
import { type Caller, callNode } from '../node/call-node.ts';
import { CliFailure, usage } from '../output/cli-failure.ts';
import { failureOf } from '../output/failure.ts';
import { calledAs } from '../output/invocation.ts';
import { paintFor, shellWord } from '../output/style.ts';
import { batchPath } from './batch-path.ts';
import { followBatch, NoLongerFollowed } from './follow.ts';
import { Parts, partsOf, STANDARD_INPUT } from './parts.ts';
import { writeResults } from './results.ts';
import { type Sending, sendParts } from './send.ts';
import { summaryText, unanswered } from './summary.ts';

export interface RunOptions extends AtNode, Sending {
  readonly out?: string;
  readonly format?: 'csv' | 'jsonl';
  readonly resume?: string;
}

/** Sends a file or goes on with a batch, follows it to its end, and writes what came of it. */
export async function carryOut(file: string | undefined, options: RunOptions): Promise<void> {
  if ((file === undefined) === (options.resume === undefined)) {
    throw usage('ファイルか --resume が必要です', 'a file or --resume is needed');
  }
  checkConcurrency(options);
  const caller = callerAt(options);
  const begun = await begin(caller, file, options).catch((error: unknown) => {
    throw couldNotRun(error, options);
  });
  try {
    await end(caller, file, options, await followBatch(caller, begun));
  } catch (error) {
    if (!(error instanceof NoLongerFollowed)) throw couldNotRun(error, options);
    process.stderr.write(goesOn(begun.id, options));
    process.exitCode = 130;
  }
}

/** As the node takes it. */
const MOST_AT_ONCE = 256;

/** @throws CliFailure usage, before anything is read or sent */
function checkConcurrency({ concurrency, resume }: RunOptions): void {
  if (concurrency === undefined) return;
  if (resume !== undefined) {
    throw usage(
      '--concurrency は新しい一括照会にだけ指定できます',
      '--concurrency is for a new batch: one that is resumed keeps its own',
    );
  }
  if (/^[1-9]\d{0,2}$/.test(concurrency) && Number(concurrency) <= MOST_AT_ONCE) return;
  throw usage(
    `--concurrency は 1 から ${MOST_AT_ONCE} までの整数です`,
    `--concurrency is a whole number from 1 to ${MOST_AT_ONCE}`,
  );
}

async function begin(
  caller: Caller,
  file: string | undefined,
  options: RunOptions,
): Promise<BatchView> {
  if (file !== undefined) return await sendParts(caller, new Parts(partsOf(file)), options);
  const path = batchPath(options.resume ?? '');
  const batch = fitted(BatchView, await callNode(caller, path));
  const left = batch.state === 'stopped' || (batch.state === 'finished' && unanswered(batch) > 0);
  return left ? fitted(BatchView, await callNode(caller, `${path}/resume`, {})) : batch;
}

async function end(
  caller: Caller,
  file: string | undefined,
  options: RunOptions,
  batch: BatchView,
): Promise<void> {
  const asked = batch.state === 'finished' || batch.state === 'stopped';
  const format = options.format ?? (options.out?.endsWith('.jsonl') ? 'jsonl' : 'csv');
  const path = options.out ?? `${stemOf(file, batch.id)}_result.${format}`;
  if (asked) await writeResults(caller, batch.id, path, format);
  if (options.json) writeJson({ batch, results: asked ? path : null });
  else {
    process.stdout.write(summaryText(batch, paintFor(process.stdout)));
    if (asked) process.stdout.write(`結果 results  ${path}\n`);
    process.stdout.write(next(batch, options));
  }
  if (asked && unanswered(batch) > 0) process.exitCode = 4;
}

const stemOf = (file: string | undefined, id: string): string =>
  file === undefined || file === STANDARD_INPUT ? `batch_${id}` : file.replace(/\.[^./]*$/, '');

/** What is left to do, as a command to copy. */
function next(batch: BatchView, options: RunOptions): string {
  if (batch.state === 'awaiting_approval') {
    const approve = command(['approve', batch.id], { ...options, as: 'jocho' });
    return `上長の承認を待っています / a supervisor’s approval comes first:\n  ${approve}\n  ${command(['--resume', batch.id], options)}\n`;
  }
  if (unanswered(batch) === 0) return '';
  const resume = command(['--resume', batch.id], options);
  return `回答のない行があります。続けるには / rows without an answer; go on with:\n  ${resume}\n`;
}

const goesOn = (id: string, options: RunOptions): string =>
  `一括照会は中間サーバーで続いています。再び表示するには / the batch goes on in the node; follow it again with:\n  ${command(['--resume', id], options)}\n`;

function command(words: readonly string[], { agency, as, running }: AtNode): string {
  const more = running === undefined ? [] : ['--running', running];
  const all = ['batch', ...words, '--agency', agency, '--as', as, ...more];
  return [calledAs(), ...all.map(shellWord)].join(' ');
}

/** Whatever else the node answers: exit 3; all mistakes of a file as JSON, where that was asked for. */
function couldNotRun(error: unknown, { json }: AtNode): unknown {
  if (
    json &&
    error instanceof CliFailure &&
    error.exit === 2 &&
    error.cause instanceof RenkeiError
  ) {
    const { findings, count } = error.cause.detail.extensions ?? {};
    writeJson({ code: error.code, findings, count });
  }
  if (!(error instanceof RenkeiError)) return error;
  const { code, findings } = failureOf(error);
  return new CliFailure(code, { exit: 3, findings }, { cause: error });
}
