import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';

/** Another program listens there already. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  readonly code = 'port_in_use';
  readonly port: number;
  readonly ja: string;
  readonly en: string;
  readonly hint = {
    ja: '別のポートを指定するか、そのポートを使うプログラムを終了してください',
    en: 'Choose another port, or stop the program that uses it',
  };

  constructor(port: number, options?: ErrorOptions) {
    super(`port ${port} is in use`, options);
    this.port = port;
    this.ja = `ポート ${port} は使用中です`;
    this.en = `Port ${port} is in use`;
  }
}

export interface ListenOptions {
  /** The loopback address unless told. */
  readonly host?: string;
  /** 0 or none: any free port. */
  readonly port?: number;
  /** How long running requests may take to end after close(). Milliseconds. */
  readonly graceMs?: number;
  /** From the connection to the last header. Milliseconds. */
  readonly headersTimeoutMs?: number;
  /** From the connection to the last byte of the request. Milliseconds. */
  readonly requestTimeoutMs?: number;
  /** How long an idle connection is kept; announced to clients, which leave a second earlier. */
  readonly keepAliveTimeoutMs?: number;
}

export interface Listening extends AsyncDisposable {
  /** e.g. `http://127.0.0.1:3100`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no more, lets running requests end within the grace, then cuts what is left. */
  close(): Promise<void>;
}

type Fetch = (request: Request, env: HttpBindings | Http2Bindings) => Response | Promise<Response>;

/**
 * Serves an app's `fetch` over HTTP/1.1.
 * Throws PortInUse when the port is taken, and what the system says of any other failure.
 */
export async function listen(fetch: Fetch, options: ListenOptions = {}): Promise<Listening> {
  const { host = '127.0.0.1', port = 0, graceMs = 5_000 } = options;
  const server = createAdaptorServer({
    fetch,
    hostname: host,
    serverOptions: {
      headersTimeout: options.headersTimeoutMs ?? 10_000,
      requestTimeout: options.requestTimeoutMs ?? 30_000,
      keepAliveTimeout: options.keepAliveTimeoutMs ?? 30_000,
    },
  }) as Server;
  const traffic = watch(server);
  await opened(server, host, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not a network address');
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= shut(server, traffic, graceMs);
    return closing;
  };
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void =>
      reject(error.code === 'EADDRINUSE' ? new PortInUse(port, { cause: error }) : error);
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

interface Traffic {
  readonly sockets: Set<Socket>;
  /** Responses that have not ended. */
  readonly running: Set<ServerResponse>;
}

function watch(server: Server): Traffic {
  const sockets = new Set<Socket>();
  const running = new Set<ServerResponse>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_request, response: ServerResponse) => {
    running.add(response);
    response.once('close', () => {
      running.delete(response);
      // A streamed answer had promised to keep its connection before close was called.
      if (!server.listening) server.closeIdleConnections();
    });
  });
  return { sockets, running };
}

/**
 * Connections without a running request go at once, also those with half a request's headers, which
 * Node's own close waits for. Running answers say `Connection: close`, so that no client reuses a
 * socket about to go.
 */
function shut(server: Server, { sockets, running }: Traffic, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    const busy = new Set([...running].map((response) => response.req.socket));
    for (const socket of sockets) {
      if (!busy.has(socket)) socket.destroy();
    }
    for (const response of running) {
      if (!response.headersSent) response.shouldKeepAlive = false;
    }
  });
}
