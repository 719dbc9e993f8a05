import type { HttpClient } from '../../service/http-client/post-json.ts';
import { serverSentEvents } from './events.ts';
import { JournalEntry, JournalPage } from './journal-entry.ts';

const PAGE = 1000;

export interface Following {
  /** Takes what has happened up to now and ends. */
  finish(): Promise<void>;
}

/**
 * Follows the control plane’s journal: each entry once, in order, as it comes. Resolves when it listens, so
 * that what is done afterwards is seen. A live stream that breaks is made good by `finish`.
 * @param past also tell what happened before
 * @throws TypeError when the control plane can’t be reached
 */
export async function followJournal(
  http: HttpClient,
  control: string,
  take: (entry: JournalEntry) => void,
  past: boolean,
): Promise<Following> {
  const ended = new AbortController();
  const response = await fetch(`${control}/v1/journal/live`, {
    signal: ended.signal,
    redirect: 'error',
  });
  if (!response.ok || !response.body) throw new TypeError('no journal');
  const events = serverSentEvents(response.body);
  const ready = await events.next();
  let last = past || ready.done ? 0 : Number(ready.value.data);

  const see = (entry: JournalEntry): void => {
    if (entry.seq <= last) return;
    last = entry.seq;
    take(entry);
  };
  const catchUp = async (): Promise<void> => {
    for (;;) {
      const page = await http.get(`${control}/v1/journal?after=${last}&limit=${PAGE}`);
      const { entries } = JournalPage.parse(page.body);
      for (const entry of entries) see(entry);
      if (entries.length < PAGE) return;
    }
  };
  if (past) await catchUp();
  const live = (async () => {
    for await (const { event, data } of events) {
      if (event === 'message') see(JournalEntry.parse(JSON.parse(data)));
    }
  })().catch(() => undefined);
  return {
    async finish() {
      ended.abort();
      await live;
      await catchUp().catch(() => undefined);
    },
  };
}
