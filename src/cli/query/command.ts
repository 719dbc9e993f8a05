import { Command } from 'commander';
import { makeHttpClient } from '../../service/http-client/post-json.ts';
import { exitCodeOf } from './exit-code.ts';
import { type Found, theRunning } from './find-network.ts';
import { followJournal } from './follow.ts';
import { type Ask, type Ending, makeInquiry } from './inquire.ts';
import { belongingTo, isStep } from './journal-entry.ts';
import { askOf, type QueryOptions, withQueryOptions } from './options.ts';
import { outcomeJson } from './print-json.ts';
import { printer } from './printer.ts';
import { type Step, stepper } from './steps.ts';
import { unreachable } from './unreachable.ts';

const MORE = `
終了コード / exit codes
  0  回答あり / answered: provided, no_record, or pending
  1  使い方の誤り / usage
  3  ネットワークが起動していない、または照会が未了 / no network, or the inquiry is still open
  4  不許可または拒否 / denied, or refused by the provider

例 / example
  renkei query --from 32201 --to 11202 --item 25 \\
    --information 予防接種法による予防接種の実施に関する情報 --resident 番号 number（renkei up が示す）

同じ --id で再び照会しても二重の照会にはならず、現在の状態が返る。
Asking again with the same --id never asks twice: it tells how far the inquiry has come.`;

/** Longer than any party waits for another (renkei.yaml, provider.timeoutSeconds: at most 300). */
const TIMEOUT_MS = 660_000;
const MAX_BYTES = 67_108_864;

/** `renkei query`: one inquiry through a running network, each step as it happens. */
export function queryCommand(): Command {
  return withQueryOptions(
    new Command('query').description(
      '照会を行い、段階ごとに示す / make a whole inquiry and show each step',
    ),
  )
    .addHelpText('after', MORE)
    .action(run);
}

async function run(options: QueryOptions): Promise<void> {
  const found = theRunning(options.running);
  const ask = askOf(options, found.running.agencies);
  const steps: Step[] = [];
  const print = options.json ? undefined : printer(options, ask, found);
  const ending = await carryOut(found, options, ask, (step) => {
    steps.push(step);
    print?.step(step);
  });
  if (print) print.end(ending);
  else process.stdout.write(outcomeJson({ from: options.from, ...ask }, steps, ending));
  process.exitCode = exitCodeOf(ending);
}

/** Makes the inquiry while watching what comes of it. */
async function carryOut(
  { running, path }: Found,
  options: QueryOptions,
  ask: Ask,
  take: (step: Step) => void,
): Promise<Ending> {
  const inquirer = running.agencies.find(({ code }) => code === options.from);
  if (!inquirer) throw new RangeError('the inquirer was checked');
  const http = makeHttpClient({ timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, maxSockets: 2 });
  const count = stepper();
  const belongs = belongingTo(ask.id);
  try {
    const following = await followJournal(
      http,
      running.control,
      (entry) => {
        if (belongs(entry) && isStep(entry)) take(count(entry));
      },
      options.id !== undefined,
    ).catch((cause: unknown) => {
      throw unreachable(running.control, path, cause);
    });
    try {
      return await makeInquiry(http, inquirer, ask);
    } finally {
      await following.finish();
    }
  } finally {
    http.close();
  }
}
