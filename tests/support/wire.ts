import { once } from 'node:events';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** One exchange of one party with another, as its bytes. */
export interface Passage {
  /** Where it went: `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly path: string;
  readonly headers: string;
  request: string;
  status: number;
  response: string;
}

/** Nobody listens; somebody listens and never answers; it takes effect, but the answer is lost on its way. */
export type Fault = 'refused' | 'hangs' | 'reply-lost';

export interface Wire {
  readonly passages: Passage[];
  /** What goes wrong from now on, by the request’s address; undefined: nothing. */
  fault: ((url: URL) => Fault | undefined) | undefined;
  /** Puts everything back. */
  restore(): void;
}

/**
 * Listens in on all HTTP between the parties (they share one client), and breaks it where told.
 * What the test itself sends goes another way and is not seen.
 */
export async function tapWire(): Promise<Wire> {
  const real = http.request;
  const closed = await closedPort();
  const silent = await silentServer();
  const passages: Passage[] = [];
  const wire: Wire = {
    passages,
    fault: undefined,
    restore() {
      http.request = real;
      silent.close();
    },
  };
  const tapped = (target: string | URL, options: http.RequestOptions): http.ClientRequest => {
    const url = new URL(target);
    const fault = wire.fault?.(url);
    const to =
      fault === 'refused'
        ? `http://127.0.0.1:${closed}`
        : fault === 'hangs'
          ? `http://127.0.0.1:${silent.port}`
          : url;
    const request = real(to, options);
    const passage: Passage = {
      origin: url.origin,
      path: url.pathname,
      headers: JSON.stringify(options.headers ?? {}),
      request: '',
      status: 0,
      response: '',
    };
    passages.push(passage);
    const write = request.end.bind(request);
    request.end = (body?: unknown) => {
      passage.request = Buffer.isBuffer(body) ? body.toString('utf8') : '';
      return Buffer.isBuffer(body) ? write(body) : write();
    };
    request.once('response', (response) => {
      passage.status = response.statusCode ?? 0;
      response.on('data', (chunk: Buffer) => {
        passage.response += chunk.toString('utf8');
      });
      if (fault === 'reply-lost') request.destroy();
    });
    return request;
  };
  http.request = tapped as typeof http.request;
  return wire;
}

/** A port of this machine where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Takes connections and says nothing. */
async function silentServer() {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
