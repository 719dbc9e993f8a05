import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A process of bench/children, ready when it has told what it has to tell. */
export async function child<Told>(name: string, ...args: readonly string[]) {
  const file = join(import.meta.dirname, 'children', `${name}.ts`);
  const process = fork(file, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const next = async <Message>(): Promise<Message> => {
    // Whichever comes first, nobody listens for the other any more.
    const over = new AbortController();
    const { signal } = over;
    try {
      const [message] = await Promise.race([
        once(process, 'message', { signal }),
        once(process, 'exit', { signal }).then(([code]) =>
          Promise.reject(new Error(`${name} ended: ${code}`)),
        ),
      ]);
      return message as Message;
    } finally {
      over.abort();
    }
  };
  return {
    told: await next<Told>(),
    async ask<Answer>(question: string): Promise<Answer> {
      const answer = next<Answer>();
      process.send(question);
      return await answer;
    },
    async [Symbol.asyncDispose]() {
      const ended = once(process, 'exit');
      process.disconnect();
      await ended;
    },
  };
}
