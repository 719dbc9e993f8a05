/** One server-sent event. */
export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** Reads server-sent events (WHATWG HTML §9.2) from the bytes of an answer; an unfinished last one is no event. */
export async function* serverSentEvents(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) yield eventOf(block);
  }
}

function eventOf(block: string): ServerSentEvent {
  const lines = block.split('\n').map((line) => /^([^:]*)(?:: ?)?(.*)$/.exec(line) ?? []);
  const all = (name: string) =>
    lines.flatMap(([, field, value]) => (field === name && value !== undefined ? [value] : []));
  return { event: all('event').at(-1) ?? 'message', data: all('data').join('\n') };
}
