import { Command } from 'commander';
import { paintFor } from '../output/style.ts';
import { serverSentEvents } from '../query/events.ts';
import { JournalEntry } from '../query/journal-entry.ts';
import { unreachable } from '../query/unreachable.ts';
import { entryLine } from './entry-line.ts';
import { type Operating, operating, writeJson, writeLine } from './group.ts';
import { type FindOperator, type Operator, theOperator } from './operator.ts';

interface TailOptions extends Operating {
  readonly agency?: string;
  readonly outcome?: string;
  readonly all?: boolean;
}

/** `renkei tail`: every message between the parties as it passes, a line each, until interrupted. */
export function tailCommand(find: FindOperator = theOperator): Command {
  return operating(
    new Command('tail')
      .description('機関の間の電文を流れるままに示す / every message as it passes')
      .option('--agency <party>', 'この機関が送受信するものだけ / sent or received by it')
      .option('--outcome <code>', 'この結果のものだけ。例 provider_timeout / with this outcome')
      .option('--all', '電文のほかの出来事も / what the parties tell besides'),
  ).action(async (options: TailOptions) => {
    const paint = paintFor(process.stdout);
    await follow(find(options.running), (entry) => {
      if (!isWanted(entry, options)) return;
      if (options.json) writeJson(entry);
      else writeLine(entryLine(entry, paint));
    });
  });
}

/** Whether an entry is asked for. */
export const isWanted = (
  { kind, from, to, outcome }: JournalEntry,
  options: Pick<TailOptions, 'agency' | 'outcome' | 'all'>,
): boolean =>
  (options.all === true || kind === 'message' || kind === 'fault') &&
  (options.agency === undefined || from === options.agency || to === options.agency) &&
  (options.outcome === undefined || outcome === options.outcome);

/** Takes each entry as it comes; ends when the network does. @throws CliFailure network_not_running */
async function follow(
  { url, path, token }: Operator,
  take: (entry: JournalEntry) => void,
): Promise<void> {
  const response = await fetch(`${url}/v1/journal/live?messages=true`, {
    redirect: 'error',
    headers: { authorization: `Bearer ${token}` },
  }).catch((cause: unknown) => {
    throw unreachable(url, path, cause);
  });
  if (!response.ok || !response.body) throw unreachable(url, path, undefined);
  try {
    for await (const { event, data } of serverSentEvents(response.body)) {
      if (event === 'message') take(JournalEntry.parse(JSON.parse(data)));
    }
  } catch (error) {
    // The network ended in the middle of a line.
    if (!(error instanceof TypeError)) throw error;
  }
}
