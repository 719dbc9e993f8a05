import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { TransportError } from './transport-error.ts';

/** One request, ready to go. */
export interface Outgoing {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: Buffer | undefined;
  /** `false`: a connection of its own. */
  readonly agent: http.Agent | false;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** An answer as bytes. */
export interface Incoming {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Thrown instead of TransportError when a kept connection died before a byte of the answer came. */
export class StaleConnection extends TransportError {}

/**
 * Sends a request and reads its whole answer. Calls through the module object, so that interceptors
 * (MSW) see it.
 * Throws TransportError; StaleConnection when a kept connection turned out to be gone.
 */
export function exchange(outgoing: Outgoing): Promise<Incoming> {
  const { url, method, headers, body, agent, timeoutMs, maxBytes } = outgoing;
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      method,
      headers,
      agent,
    });
    const connection = watchConnection(request, url.protocol === 'https:');
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      finish();
    };
    const fail = (error: TransportError): void => {
      settle(() => reject(error));
      request.destroy();
    };
    const timer = setTimeout(
      () => fail(new TransportError('timeout', connection.established())),
      timeoutMs,
    );

    request.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code;
      const options = { cause: error, ...(code === undefined ? {} : { code }) };
      const sent = connection.established();
      if (code?.startsWith('HPE_')) fail(new TransportError('malformed', sent, options));
      else if (connection.wasStale()) fail(new StaleConnection('unreachable', sent, options));
      else fail(new TransportError('unreachable', sent, options));
    });
    request.once('upgrade', (_response, socket: Duplex) => {
      socket.destroy();
      fail(new TransportError('malformed', true));
    });
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxBytes) fail(new TransportError('too_large', true));
        else chunks.push(chunk);
      });
      response.once('end', () => {
        const status = response.statusCode ?? 0;
        settle(() => resolve({ status, headers: response.headers, bytes: Buffer.concat(chunks) }));
      });
      response.on('error', (cause: NodeJS.ErrnoException) =>
        fail(
          cause.code?.startsWith('HPE_')
            ? new TransportError('malformed', true, { cause, code: cause.code })
            : new TransportError('unreachable', true, { cause }),
        ),
      );
    });
    request.end(body);
  });
}

/** Whether this request got a connection, and whether that was a kept one that never answered. */
function watchConnection(request: http.ClientRequest, secure: boolean) {
  let connected = false;
  let bytesBefore = 0;
  request.once('socket', (socket) => {
    bytesBefore = socket.bytesRead;
    if (request.reusedSocket || !socket.connecting) connected = true;
    else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true));
  });
  return {
    established: () => connected,
    wasStale: () => request.reusedSocket && request.socket?.bytesRead === bytesBefore,
  };
}
